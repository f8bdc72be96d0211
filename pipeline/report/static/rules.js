// The rules of rules.py once more; a test holds the two to each other.

const LEAD = { day: 28, week: 8, month: 12, year: 5 };
const WINDOW = { day: 7, week: 1, month: 1, year: 1 };
const WINDOWS_BEFORE = 4;

const sum = (values) => values.reduce((total, value) => total + value, 0);

function range(start, end) {
  return Array.from({ length: end - start }, (_, i) => start + i);
}

function windows(volume, end, unit) {
  const size = WINDOW[unit];
  while (end >= 0 && !volume[end]) end--;
  const first = Math.max(end - size + 1, 0);
  const starts = range(1, WINDOWS_BEFORE + 1).map((step) => first - size * step);
  const before = starts.filter((start) => start >= 0).map((start) => range(start, start + size));
  return [range(first, end + 1), before.filter((bins) => bins.some((bin) => volume[bin]))];
}

function change(now, before, read) {
  const average = sum(before) / before.length;
  const percent = average ? ((now - average) / average) * 100 : null;
  return { now, average, percent, level: level(now, average, percent, read) };
}

function level(now, average, percent, read) {
  if (average * Math.min(read, 1) <= 2 && now <= 5) return "too few to tell";
  if (percent === null) return "new";
  const [seen, share] = [rate(percent), rate(((now / read - average) / average) * 100)];
  if (seen === "large increase" && share === "moderate increase") return share;
  const explained = seen !== "little change" && ![seen, "large increase"].includes(share);
  return explained ? "as the volume read" : seen;
}

function readRatio(volume, now, before) {
  const read = sum(now.map((bin) => volume[bin]));
  return read / (sum(before.flat().map((bin) => volume[bin])) / before.length);
}

function rate(percent) {
  if (percent > 25) return "large increase";
  if (percent < -25) return "large decrease";
  return percent > 10 ? "moderate increase" : "little change";
}

function unusual(series, volume, unit) {
  return range(0, series.length).filter((at) => series[at] >= 4 && standsOut(at, series, volume, unit));
}

function standsOut(at, series, volume, unit) {
  const before = range(Math.max(at - LEAD[unit], 0), at).filter((bin) => volume[bin]);
  if (before.length < Math.max(Math.floor(LEAD[unit] / 4), 3)) return false;
  const mean = sum(before.map((bin) => series[bin])) / before.length;
  const variance = sum(before.map((bin) => (series[bin] - mean) ** 2)) / before.length;
  const readBefore = sum(before.map((bin) => volume[bin])) / before.length;
  const expected = mean * Math.max(1, volume[at] / readBefore);
  return series[at] > expected + 3 * Math.max(Math.sqrt(variance), Math.sqrt(expected), 1);
}
