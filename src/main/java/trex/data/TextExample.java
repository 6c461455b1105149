package trex.data;

import trex.model.Example;

/// An example beside the text by which it is compared with others.
///
/// @param text the prompt's fields in the form of [NormalText]
record TextExample(Example example, String text) {}
