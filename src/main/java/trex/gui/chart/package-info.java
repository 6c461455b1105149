/// The loss chart: a canvas fed by series that keep a pyramid of minima and maxima.
@NullMarked
package trex.gui.chart;

import org.jspecify.annotations.NullMarked;
