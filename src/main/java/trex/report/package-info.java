/// A study as one HTML file that needs no network and no script. Pure: records in, text out.
@NullMarked
package trex.report;

import org.jspecify.annotations.NullMarked;
