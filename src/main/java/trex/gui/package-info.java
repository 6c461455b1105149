/// The workbench's window. Everything is done through [trex.loop.Studies]; nothing here reads a
/// store, starts a process or loads a native engine.
@NullMarked
package trex.gui;

import org.jspecify.annotations.NullMarked;
