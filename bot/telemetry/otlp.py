"""Sends traces to an OpenTelemetry collector; needs the extra `traces`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, SERVICE_VERSION, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Status, StatusCode

from bot import __version__
from bot.telemetry.known import known_only
from bot.telemetry.traces import Mark, Span


NAME = "becar7"
PATH = (
    "/v1/traces"  # opentelemetry.io, OTLP over HTTP: added to the collector's address
)


class OtlpTraces:
    """Collects steps, and sends them in batches to one address."""

    def __init__(self, endpoint: str) -> None:
        about = Resource.create({SERVICE_NAME: NAME, SERVICE_VERSION: __version__})
        self._provider = TracerProvider(resource=about)
        exporter = OTLPSpanExporter(endpoint=endpoint.rstrip("/") + PATH)
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer(NAME)

    @contextmanager
    def span(self, name: str) -> Iterator[Span]:
        """A step; if it breaks, the kind of the error is sent and not its message."""
        with self._tracer.start_as_current_span(
            name, record_exception=False, set_status_on_exception=False
        ) as opened:
            try:
                yield _Noted(opened)
            except BaseException as error:
                opened.set_status(Status(StatusCode.ERROR, type(error).__name__))
                raise

    def close(self) -> None:
        """Send off what was collected, and stop."""
        self._provider.shutdown()


class _Noted:
    def __init__(self, opened: trace.Span) -> None:
        self._opened = opened

    def note(self, **fields: Mark) -> None:
        """Add the known fields."""
        self._opened.set_attributes(known_only(fields))
