"""Languages by code and by English name (ISO 639)."""

_TABLE = """
af afr afrikaans|am amh amharic|ar ara arabic|az aze azerbaijani|be bel belarusian|bg bul bulgarian
|bn ben bengali|bs bos bosnian|ca cat catalan|cs ces cze czech|cy cym wel welsh|da dan danish
|de deu ger german|el ell gre greek|en eng english|eo epo esperanto|es spa spanish|et est estonian
|eu eus baq basque|fa fas per prs persian farsi dari|fi fin finnish|fr fra fre french|ga gle irish
|gl glg galician|gu guj gujarati|ha hau hausa|he heb iw hebrew|hi hin hindi|hr hrv croatian
|hu hun hungarian|hy hye arm armenian|id ind in indonesian|is isl ice icelandic|it ita italian
|ja jpn japanese|ka kat geo georgian|kk kaz kazakh|km khm khmer|kn kan kannada|ko kor korean
|ku kur ckb kmr kurdish|ky kir kyrgyz|la lat latin|lb ltz luxembourgish|lo lao|lt lit lithuanian
|lv lav latvian|mk mkd mac macedonian|ml mal malayalam|mn mon mongolian|mr mar marathi|ms msa may malay
|mt mlt maltese|my mya bur burmese|ne nep nepali|nl nld dut dutch|no nor norwegian|nb nob|nn nno
|or ori odia|pa pan punjabi|pl pol polish|ps pus pashto|pt por portuguese|ro ron rum romanian
|ru rus russian|rw kin kinyarwanda|sd snd sindhi|si sin sinhala|sk slk slo slovak|sl slv slovenian
|so som somali|sq sqi alb albanian|sr srp serbian|sv swe swedish|sw swa swahili|ta tam tamil
|te tel telugu|tg tgk tajik|th tha thai|ti tir tigrinya|tk tuk turkmen|tl tgl fil tagalog|tr tur turkish
|ug uig uyghur|uk ukr ukrainian|ur urd urdu|uz uzb uzbek|vi vie vietnamese|xh xho xhosa|yi yid yiddish
|yo yor yoruba|zh zho chi cmn chinese|zu zul zulu
"""

ISO_639_1 = {
    name: names.split()[0] for names in _TABLE.replace("\n", " ").split("|") for name in names.split()
}
"""Codes of ISO 639-1, 639-2 (both kinds) and English names, in lower case, to the ISO 639-1 code."""
