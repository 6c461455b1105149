package trex.model;

/// What a mission lets a recipe field be. One value forces it; a value that is left out is forbidden.
public sealed interface Limit permits Bounds, Choices {
    /// As in "4 to 32" or "lora or full".
    String text();
}
