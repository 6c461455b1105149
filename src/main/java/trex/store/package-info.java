/// Keeps studies in an H2 database in the home folder. The only package that speaks SQL.
@NullMarked
package trex.store;

import org.jspecify.annotations.NullMarked;
