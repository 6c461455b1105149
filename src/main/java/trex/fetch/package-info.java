/// Brings public files here: downloads, mirrors, the catalogue of base models. Believes nothing
/// that it reads: listed hosts, stated sizes, digests.
@NullMarked
package trex.fetch;

import org.jspecify.annotations.NullMarked;
