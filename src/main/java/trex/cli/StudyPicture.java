package trex.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import trex.loop.StudyEvent;
import trex.model.ExperimentTree;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.model.Spending;
import trex.model.StudyResult;
import trex.model.StudyState;

/// A study as the terminal knows it: the sum of the events so far.
///
/// @param runs runs heard of, oldest first; ended ones leave with the tree that closes them
/// @param messages the newest messages, at most [#KEPT], oldest first
record StudyPicture(
        StudyState state,
        ExperimentTree tree,
        Spending spending,
        Map<RunId, RunPicture> runs,
        List<StudyEvent.Message> messages,
        @Nullable StudyResult result) {
    static final int KEPT = 50;

    StudyPicture {
        messages = List.copyOf(messages);
    }

    static StudyPicture of(double budgetSeconds) {
        return new StudyPicture(StudyState.PREPARING, ExperimentTree.EMPTY, new Spending(0, 0, budgetSeconds),
                Map.of(), List.of(), null);
    }

    StudyPicture after(StudyEvent event, Instant now) {
        return switch (event) {
            case StudyEvent.TreeChanged(ExperimentTree changed) ->
                new StudyPicture(state, changed, spending, stillGoing(changed), messages, result);
            case StudyEvent.RunProgress(RunId run, RunEvent said) ->
                new StudyPicture(state, tree, spending, heard(run, said, now), messages, result);
            case StudyEvent.StateChanged(StudyState changed) ->
                new StudyPicture(changed, tree, spending, runs, messages, result);
            case StudyEvent.SpendingChanged(Spending changed) ->
                new StudyPicture(state, tree, changed, runs, messages, result);
            case StudyEvent.Message message ->
                new StudyPicture(state, tree, spending, runs, with(message), result);
            case StudyEvent.Finished(StudyResult ended) ->
                new StudyPicture(state, tree, spending, runs, messages, ended);
            case StudyEvent.AwaitingVerdict _ -> this;
        };
    }

    private Map<RunId, RunPicture> heard(RunId run, RunEvent event, Instant now) {
        Map<RunId, RunPicture> changed = new LinkedHashMap<>(runs);
        changed.put(run, changed.getOrDefault(run, RunPicture.of(run)).after(event, now));
        return changed;
    }

    private Map<RunId, RunPicture> stillGoing(ExperimentTree changed) {
        Map<RunId, RunPicture> left = new LinkedHashMap<>(runs);
        changed.nodes().stream()
                .flatMap(node -> node.runs().stream())
                .filter(run -> run.outcome() != null)
                .forEach(run -> left.remove(run.id()));
        return left;
    }

    private List<StudyEvent.Message> with(StudyEvent.Message message) {
        List<StudyEvent.Message> changed = new ArrayList<>(messages);
        changed.add(message);
        return changed.subList(Math.max(0, changed.size() - KEPT), changed.size());
    }
}
