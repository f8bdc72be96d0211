"""A daily run, then a feed to PostgreSQL. Put it into Airflow's folder of DAGs.

Codes 2 and 3 (configuration, input) fail the task without another try; 1 is tried again.
"""

from datetime import datetime, timedelta

from airflow import DAG
from airflow.exceptions import AirflowFailException
from airflow.operators.python import PythonOperator

STORE = "/srv/news/store"
INCOMING = "/srv/news/incoming"
NEEDS_A_PERSON = (2, 3)


def wiretally(*words: str) -> None:
    """Run one command of wiretally, its log lines into the task's log."""
    import subprocess

    done = subprocess.run(["/opt/wiretally/bin/wiretally", *words], check=False)
    if done.returncode in NEEDS_A_PERSON:
        raise AirflowFailException(f"wiretally exited with {done.returncode}; see the log")
    done.check_returncode()


with DAG(
    dag_id="wiretally",
    start_date=datetime(2024, 1, 1),
    schedule="30 4 * * *",
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 3, "retry_delay": timedelta(minutes=15)},
) as dag:
    count = PythonOperator(
        task_id="count",
        python_callable=wiretally,
        op_args=["run", INCOMING, "--store", STORE, "--log-json"],
    )
    feed = PythonOperator(
        task_id="feed",
        python_callable=wiretally,
        op_args=["sync", "postgres", "--store", STORE],
    )
    count >> feed
