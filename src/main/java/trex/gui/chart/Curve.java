package trex.gui.chart;

import trex.gui.study.RunTrack;

/// A run on the chart.
///
/// @param live whether it still runs
public record Curve(String label, RunTrack track, boolean live) {}
