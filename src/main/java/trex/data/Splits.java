package trex.data;

import java.util.List;

/// The three splits as rows, apart from one another.
///
/// @param removedFromTrain training rows that equal, contain, stand in or nearly say a row of another split
/// @param removedFromValidation given validation rows that equal, contain, stand in or nearly say a test row
record Splits(
        List<TextExample> train,
        List<TextExample> validation,
        List<TextExample> test,
        int removedFromTrain,
        int removedFromValidation) {}
