package trex;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;

/// The walls of the house: which package may use which. See the table in
/// `src/site/markdown/architecture.md`.
@AnalyzeClasses(packages = "trex", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest static final ArchRule MODEL = mayUseOfOurs("model");
    @ArchTest static final ArchRule JSON = mayUseOfOurs("json", "model");
    @ArchTest static final ArchRule FETCH = mayUseOfOurs("fetch", "model", "json");
    @ArchTest static final ArchRule SEARCH = mayUseOfOurs("search", "model");
    @ArchTest static final ArchRule LOOP = mayUseOfOurs("loop", "model", "search");
    @ArchTest static final ArchRule RESEARCHER = mayUseOfOurs("researcher", "model", "search", "loop", "json");
    @ArchTest static final ArchRule DATA = mayUseOfOurs("data", "model", "json", "fetch");
    @ArchTest static final ArchRule LLM = mayUseOfOurs("llm", "data");
    @ArchTest static final ArchRule LM = mayUseOfOurs("lm", "model", "json");
    @ArchTest static final ArchRule TRAINING = mayUseOfOurs("training", "model", "json", "data", "lm");
    @ArchTest static final ArchRule EVALUATION = mayUseOfOurs("evaluation", "model", "json", "data", "lm");
    @ArchTest static final ArchRule EXECUTOR =
            mayUseOfOurs("executor", "model", "json", "loop", "fetch", "data", "lm", "training", "evaluation");
    @ArchTest static final ArchRule STORE = mayUseOfOurs("store", "model", "json", "loop");
    @ArchTest static final ArchRule BENCH =
            mayUseOfOurs("bench", "model", "json", "search", "loop", "researcher", "data", "lm", "training", "evaluation", "executor");
    @ArchTest static final ArchRule REPORT = mayUseOfOurs("report", "model");
    @ArchTest static final ArchRule GUI = mayUseOfOurs("gui", "model", "loop", "report");
    @ArchTest static final ArchRule CLI =
            mayUseOfOurs("cli", "model", "json", "loop", "bench", "report", "executor");

    @ArchTest
    static final ArchRule MODEL_KNOWS_ONLY_THE_JDK = classes().that().resideInAPackage("trex.model..")
            .should().onlyDependOnClassesThat().resideInAnyPackage("trex.model..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule SEARCH_IS_PURE = noClasses().that().resideInAPackage("trex.search..")
            .should().dependOnClassesThat().resideInAnyPackage("java.io..", "java.nio.file..", "java.net..", "java.sql..", "java.time..");

    @ArchTest static final ArchRule DJL = onlyIn("ai.djl..", "trex.lm..", "trex.training..", "trex.evaluation..", "trex.bench..");
    @ArchTest static final ArchRule LANGCHAIN4J = onlyIn("dev.langchain4j..", "trex.llm..");
    @ArchTest static final ArchRule SQL = onlyIn("java.sql..", "trex.store..");
    @ArchTest static final ArchRule JAVAFX = onlyIn("javafx..", "trex.gui..");
    @ArchTest static final ArchRule PICOCLI = onlyIn("picocli..", "trex", "trex.cli..");

    /// The test split is read where a checkpoint is measured, by a reader that writes each opening down, and nowhere
    /// else; one step of the loop asks for that.
    @ArchTest
    static final ArchRule THE_TEST_SPLIT_IS_OPENED_ON_ONE_PATH = noClasses().that().doNotHaveSimpleName("MeasuringWork")
            .should().callMethod("trex.data.SplitReader", "openTest", "trex.model.SealedSplit", "trex.model.RunId");

    @ArchTest
    static final ArchRule SEALED_ROWS_ARE_READ_BY_ONE_READER = noClasses().that().doNotHaveSimpleName("SplitReader")
            .should().callMethod("trex.data.SplitFile", "read", "trex.model.SealedSplit");

    @ArchTest
    static final ArchRule SEALED_FILES_ARE_KNOWN_TO_THEIR_READER = noClasses().that().resideOutsideOfPackage("trex.data")
            .should().callMethod("trex.model.SealedSplit", "path");

    @ArchTest
    static final ArchRule MEASUREMENTS_ARE_ASKED_FOR_IN_ONE_PLACE = noClasses().that().doNotHaveSimpleName("Turn")
            .should().callConstructor("trex.model.Work$Measure", "trex.model.Checkpoint", "trex.model.Split");

    /// Nothing is made on another device than the model's: all memory begins where the device is chosen.
    @ArchTest
    static final ArchRule DEVICES_ARE_CHOSEN_IN_ONE_PLACE = noClasses().that().doNotHaveSimpleName("ComputeDevice")
            .should().callMethod("ai.djl.Device", "cpu")
            .orShould().callMethod("ai.djl.Device", "gpu")
            .orShould().callMethod("ai.djl.Device", "gpu", "int")
            .orShould().callMethod("ai.djl.Device", "of", "java.lang.String", "int")
            .orShould().callMethod("ai.djl.Device", "fromName", "java.lang.String")
            .orShould().callMethodWhere(describe("make a manager that has no parent",
                    call -> call.getTarget().getName().equals("newBaseManager")));

    @ArchTest
    static final ArchRule VIEW_MODELS_KNOW_NO_CONTROLS = noClasses().that().haveSimpleNameEndingWith("ViewModel")
            .should().dependOnClassesThat().resideInAnyPackage("javafx.scene..", "javafx.stage..", "javafx.fxml..");

    @ArchTest
    static final ArchRule NO_DRAWERS = noClasses().should().haveSimpleNameEndingWith("Utils")
            .orShould().haveSimpleNameEndingWith("Util").orShould().haveSimpleNameEndingWith("Helper")
            .orShould().haveSimpleNameEndingWith("Manager").orShould().haveSimpleNameEndingWith("Impl");

    private static ArchRule mayUseOfOurs(String name, String... others) {
        List<String> allowed = new ArrayList<>(List.of("trex." + name + ".."));
        for (String other : others) {
            allowed.add("trex." + other + "..");
        }
        return noClasses().that().resideInAPackage("trex." + name + "..")
                .should().dependOnClassesThat(resideInAnyPackage("trex", "trex..")
                        .and(not(resideInAnyPackage(allowed.toArray(String[]::new)))))
                .allowEmptyShould(true);
    }

    private static ArchRule onlyIn(String library, String... packages) {
        return noClasses().that(resideInAPackage("trex..").and(not(resideInAnyPackage(packages))))
                .should().dependOnClassesThat().resideInAPackage(library);
    }
}
