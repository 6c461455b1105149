package trex.model;

/// Why a strategy may work.
///
/// @param id the playbook entry, insight or paper it stands on, for example `PB-02`
/// @param statement the claim in a sentence
/// @param source an exact citation, or the nodes that showed it
public record Evidence(String id, String statement, String source) {}
