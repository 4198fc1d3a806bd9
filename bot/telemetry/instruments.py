"""Everything that watches the running bot, in one place to hand around."""

from __future__ import annotations

import importlib
from dataclasses import dataclass, field

from bot.errors import SettingsError
from bot.telemetry.metrics import Metrics
from bot.telemetry.traces import NoTraces, Traces
from bot.telemetry.vitals import NothingOwed, Watch


@dataclass(frozen=True, slots=True)
class Instruments:
    """The figures, the traces and the health of one process."""

    metrics: Metrics = field(default_factory=Metrics)
    traces: Traces = field(default_factory=NoTraces)
    watch: Watch = field(default_factory=NothingOwed)


def instruments(endpoint: str) -> Instruments:
    """Metrics, and traces if there is an address to send them to.

    Raises a SettingsError where the extra that sends them is not installed.
    """
    if not endpoint:
        return Instruments()
    try:
        otlp = importlib.import_module("bot.telemetry.otlp")
    except ModuleNotFoundError as error:
        raise SettingsError(
            "BECAR7_OTLP_ENDPOINT is set, but what sends traces is not installed:"
            " pip install 'becar7-bot[traces]', or unset it"
        ) from error
    return Instruments(traces=otlp.OtlpTraces(endpoint))
