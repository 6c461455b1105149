package trex.model;

/// Which linear layers of a block carry adapters.
public enum LoraTargets {
    QUERY_VALUE,
    ATTENTION,
    MLP,
    ALL_LINEAR
}
