package trex.bench.nano;

import java.util.List;
import java.util.random.RandomGenerator;

/// A sentence that likes or dislikes something, sometimes by way of a negation or a contrast.
record Opinion(String text, boolean good) {
    static final List<String> THINGS = List.of("soup", "film", "hotel", "book", "concert", "train ride", "garden",
            "lecture", "bread", "play", "museum", "song", "tea", "game", "road", "photograph", "phone", "coat", "lamp", "cake");
    static final List<String> GOOD = List.of("wonderful", "charming", "delightful", "superb", "lovely", "brilliant",
            "excellent", "pleasant", "graceful", "splendid", "clever", "warm", "fresh", "touching");
    static final List<String> BAD = List.of("dreadful", "boring", "awful", "clumsy", "stale", "noisy", "dull",
            "miserable", "ugly", "tedious", "bland", "broken", "cold", "shallow");
    static final List<String> PEOPLE = List.of("Anna", "Tom", "Mira", "my uncle", "the teacher", "everyone", "Paul",
            "our guest", "the neighbour", "she", "he", "Lena", "Omar", "the critic");

    static Opinion random(RandomGenerator random) {
        boolean good = random.nextBoolean();
        String thing = pick(THINGS, random);
        String right = pick(good ? GOOD : BAD, random);
        String wrong = pick(good ? BAD : GOOD, random);
        String who = pick(PEOPLE, random);
        String text = switch (random.nextInt(7)) {
            case 0 -> "The " + thing + " was " + right + ".";
            case 1 -> who + " found the " + thing + " " + right + ".";
            case 2 -> "The " + thing + " was not " + wrong + " at all.";
            case 3 -> "I expected a " + wrong + " " + thing + ", but it was " + right + ".";
            case 4 -> "What a " + right + " " + thing + "!";
            case 5 -> "The " + thing + " looked " + wrong + ", yet " + who + " called it " + right + ".";
            default -> "Nobody would call this " + thing + " " + wrong + ".";
        };
        return new Opinion(text, good);
    }

    /// One without negation or contrast.
    static Opinion plain(boolean good, String thing, RandomGenerator random) {
        String right = pick(good ? GOOD : BAD, random);
        return new Opinion(switch (random.nextInt(3)) {
            case 0 -> "The " + thing + " was " + right + ".";
            case 1 -> pick(PEOPLE, random) + " found the " + thing + " " + right + ".";
            default -> "What a " + right + " " + thing + "!";
        }, good);
    }

    static <T> T pick(List<T> list, RandomGenerator random) {
        return list.get(random.nextInt(list.size()));
    }
}
