"""A web of our own on this machine: registries and pages, as they answer or fail."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


STUDY = "NCT00000001"
TRIAL = "ISRCTN00000001"
STUDY_PATH = f"/api/v2/studies/{STUDY}"
TRIAL_PATH = f"/api/trial/{TRIAL}/format/default"


@dataclass
class Web:
    """What each path answers; anything else is not found."""

    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    url: str = ""

    def put(
        self, path: str, body: str | bytes = b"", status: int = 200, **headers: str
    ) -> None:
        """From now on, answer this at the path."""
        written = body.encode() if isinstance(body, str) else body
        self.answers[path] = (status, headers, written)


@contextmanager
def serving() -> Iterator[Web]:
    """The web, as long as the block lasts."""
    web = Web()

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            web.asked.append(self.path)
            status, headers, body = web.answers.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, said in headers.items():
                self.send_header(name, said)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing: a test reads the answers."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        web.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield web
        finally:
            server.shutdown()
            thread.join()


def make_study(number: str = STUDY, **changes: Any) -> str:
    """A study as the API of ClinicalTrials.gov gives it, in short."""
    said = {
        "status": "RECRUITING",
        "updated": "2026-01-09",
        "count": 10,
        "minimum": "6 Months",
        "maximum": "16 Years",
    } | changes
    study = {
        "protocolSection": {
            "identificationModule": {"nctId": number, "briefTitle": "A lamp"},
            "statusModule": {
                "overallStatus": said["status"],
                "lastUpdatePostDateStruct": {"date": said["updated"], "type": "ACTUAL"},
            },
            "designModule": {
                "phases": ["PHASE1"],
                "enrollmentInfo": {"count": said["count"], "type": "ESTIMATED"},
            },
            "eligibilityModule": {
                "sex": "ALL",
                "minimumAge": said["minimum"],
                "maximumAge": said["maximum"],
                "stdAges": ["CHILD"],
            },
        },
        "hasResults": False,
    }
    return json.dumps(study)


def make_trial(number: str = TRIAL, **changes: str) -> str:
    """A trial as the API of the ISRCTN registry gives it, in short."""
    said = {
        "updated": "2026-01-09T10:21:05.295Z",
        "override": "",
        "start": "2022-01-01T00:00:00.000Z",
        "end": "2027-01-01T00:00:00.000Z",
        "final": "0",
        "target": "10",
        "upper": "",
    } | changes
    digits = number.removeprefix("ISRCTN")
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<fullTrial xmlns="http://www.67bricks.com/isrctn">
  <trial lastUpdated="{said["updated"]}" version="7" isVisibleToPublic="true">
    <isrctn dateAssigned="2022-04-06T00:00:00.000Z">{digits}</isrctn>
    <trialDescription><title>A lamp</title></trialDescription>
    <trialDesign><overallEndDate>2030-01-01T00:00:00.000Z</overallEndDate></trialDesign>
    <participants>
      <ageRange>Mixed</ageRange>
      <lowerAgeLimit unit="months" value="6.0">6 Months</lowerAgeLimit>
      <upperAgeLimit unit="years" value="16.0">{said["upper"]}</upperAgeLimit>
      <gender>All</gender>
      <targetEnrolment>{said["target"]}</targetEnrolment>
      <totalFinalEnrolment>{said["final"]}</totalFinalEnrolment>
      <recruitmentStart>{said["start"]}</recruitmentStart>
      <recruitmentEnd>{said["end"]}</recruitmentEnd>
      <recruitmentStatusOverride>{said["override"]}</recruitmentStatusOverride>
    </participants>
  </trial>
</fullTrial>
"""
