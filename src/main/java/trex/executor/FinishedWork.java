package trex.executor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import trex.fetch.Folders;
import trex.model.Checkpoint;
import trex.model.RunCost;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.model.RunOutcome;
import trex.model.RunRequest;
import trex.model.StudyId;

/// Completed work by its digest, so that identical work is taken over instead of being repeated. An
/// entry is a small file with the run's name: one in the study's folder, and one in the home folder for
/// all studies.
///
/// Work of the same study costs nothing a second time. What another study did costs this one what it
/// cost that one, and only the time is saved: a study decides by what its runs take, and would otherwise
/// take another way than it had taken alone. Its model is taken along, so that a study can be deleted.
final class FinishedWork {
    private static final Logger LOG = LoggerFactory.getLogger(FinishedWork.class);

    private final Path home;
    private final @Nullable String code;

    /// @param code digest of the program, or null where nothing shall be reused
    FinishedWork(Path home, @Nullable String code) {
        this.home = home;
        this.code = code;
    }

    /// Notes that a run has completed its work. An entry that cannot be written costs a repetition
    /// at worst, and must not cost the run its outcome.
    void note(RunRequest request) {
        if (code == null) {
            return;
        }
        try {
            String digest = digest(request, code);
            Path own = ownEntry(request.study(), digest);
            Path common = commonEntry(digest);
            Files.createDirectories(own.getParent());
            DurableFiles.publish(own, request.id().value());
            Files.createDirectories(common.getParent());
            if (read(common).flatMap(FinishedWork::outcome).isEmpty()) {
                DurableFiles.replace(common, request.study() + "/" + request.id());
            }
        } catch (IOException e) {
            LOG.warn("the work of run {} cannot be noted and would be repeated", request.id(), e);
        }
    }

    /// Gives a job that nobody has begun the outcome of a run that did the same.
    ///
    /// @return whether there was one
    boolean takeOver(RunRequest request, JobFolder job) throws IOException {
        Optional<Twin> found = code == null ? Optional.empty() : twin(request, digest(request, code));
        if (found.isEmpty()) {
            return false;
        }
        Twin twin = found.get();
        Optional<RunOutcome.Completed> outcome = twin.ofThisStudy()
                ? Optional.of(new RunOutcome.Completed(twin.done().score(), twin.done().checkpoint(), RunCost.NONE.asTakenOver()))
                : adopted(twin.done(), job);
        if (outcome.isEmpty() || !job.attempt(1).create()) {
            return false;
        }
        copyStory(twin, job);
        job.publish(outcome.get());
        job.attempt(1).exit(new Exit(0));
        return true;
    }

    /// Rows that a language model had a say in are a part of the work.
    private String digest(RunRequest request, String program) throws IOException {
        return WorkDigest.of(request, program + AskedRows.digest(JobFolder.of(home, request.study(), request.id())));
    }

    private static void copyStory(Twin twin, JobFolder to) throws IOException {
        JobFolder from = twin.job();
        try (EventLog log = new EventLog(to.attempt(1).metrics())) {
            log.accept(new RunEvent.Notice("taken over from run " + from.path().getFileName()
                    + ", which did the same work with the same data, model and program"
                    + (twin.ofThisStudy() ? "" : "; its time counts as if it had been spent here")));
            from.events().forEach(log);
        }
        if (Files.exists(from.predictions())) {
            Files.copy(from.predictions(), to.predictions(), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// The outcome with a model in the job's own folder; nothing where it cannot be brought there.
    private static Optional<RunOutcome.Completed> adopted(RunOutcome.Completed done, JobFolder job) {
        Checkpoint model = done.checkpoint();
        if (model == null) {
            return Optional.of(new RunOutcome.Completed(done.score(), null, done.cost().asTakenOver()));
        }
        Path folder = job.path().resolve("model");
        try {
            Folders.remove(folder);
            FileTree.link(Path.of(model.path()), folder);
            Checkpoint own = new Checkpoint(folder.toString(), model.step(), model.sha256());
            return Optional.of(new RunOutcome.Completed(done.score(), own, done.cost().asTakenOver()));
        } catch (IOException e) {
            LOG.warn("the model of {} cannot be taken over and is trained again", job.path(), e);
            return Optional.empty();
        }
    }

    /// A run that did the same.
    private record Twin(JobFolder job, RunOutcome.Completed done, boolean ofThisStudy) {}

    private Optional<Twin> twin(RunRequest request, String digest) {
        Optional<Twin> own = read(ownEntry(request.study(), digest))
                .filter(job -> !job.path().endsWith(request.id().value()))
                .flatMap(job -> whole(job, true));
        return own.isPresent() ? own : read(commonEntry(digest))
                .filter(job -> !job.path().startsWith(folder(request.study())))
                .flatMap(job -> whole(job, false));
    }

    /// The run that an entry names: of the entry's own study, or of the study that it names too.
    private Optional<JobFolder> read(Path entry) {
        if (!Files.exists(entry)) {
            return Optional.empty();
        }
        try {
            String[] names = Files.readString(entry).split("/", 2);
            StudyId study = new StudyId(names.length == 2 ? names[0] : nameOfStudy(entry));
            return Optional.of(JobFolder.of(home.toAbsolutePath(), study, new RunId(names[names.length - 1])));
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("{} is damaged, and the work that it speaks of is done again", entry, e);
            return Optional.empty();
        }
    }

    /// As in `studies/NAME/work/DIGEST`.
    private static String nameOfStudy(Path entry) {
        return String.valueOf(entry.getName(entry.getNameCount() - 3));
    }

    /// The run, if it is completed and its model is still there as it was.
    private static Optional<Twin> whole(JobFolder job, boolean ofThisStudy) {
        return outcome(job).filter(done -> isThere(done.checkpoint())).map(done -> new Twin(job, done, ofThisStudy));
    }

    private static boolean isThere(@Nullable Checkpoint model) {
        try {
            return model == null || FolderDigest.verify(Path.of(model.path())).filter(model.sha256()::equals).isPresent();
        } catch (IOException e) {
            LOG.warn("the model {} cannot be read", model.path(), e);
            return false;
        }
    }

    private static Optional<RunOutcome.Completed> outcome(JobFolder job) {
        try {
            return job.outcome().filter(RunOutcome.Completed.class::isInstance).map(RunOutcome.Completed.class::cast);
        } catch (IOException e) {
            LOG.warn("{} cannot be read", job.path(), e);
            return Optional.empty();
        }
    }

    private Path folder(StudyId study) {
        return home.toAbsolutePath().resolve("studies").resolve(study.value());
    }

    private Path ownEntry(StudyId study, String digest) {
        return folder(study).resolve("work").resolve(digest);
    }

    private Path commonEntry(String digest) {
        return home.toAbsolutePath().resolve("work").resolve(digest);
    }
}
