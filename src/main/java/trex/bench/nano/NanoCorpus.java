package trex.bench.nano;

import java.util.List;
import java.util.random.RandomGenerator;

/// The text that the base model learns from: endless small sentences about days, numbers,
/// measures, tastes and little stories. It holds the pieces of the three tasks (months have
/// numbers, kilometres have metres, people like things) but never a task's question with its
/// answer, so that the untouched model scores low and tuning has something to do.
final class NanoCorpus {
    private static final List<String> NAMES = List.of("Anna", "Tom", "Mira", "Paul", "Lena", "Omar", "Ruth", "Ben");
    private static final List<String> PLACES = List.of("market", "river", "school", "station", "forest", "harbour",
            "library", "mill", "bridge", "bakery");
    private static final List<String> DEEDS = List.of("walked to", "painted", "left", "visited", "wrote about",
            "dreamed of", "came back from", "drew a map of", "slept near", "sang at");
    private static final List<String> COLOURS = List.of("red", "blue", "green", "yellow", "white", "black", "brown");
    private static final List<String> OBJECTS = List.of("ball", "kite", "boat", "hat", "stone", "box", "bell", "ladder");
    private static final List<String> TENS = List.of("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy",
            "eighty", "ninety");
    private static final List<String> SMALL = List.of("zero", "one", "two", "three", "four", "five", "six", "seven",
            "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
            "eighteen", "nineteen");

    private NanoCorpus() {}

    /// One paragraph of three to six sentences.
    static String paragraph(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        for (int left = 3 + random.nextInt(4); left > 0; left--) {
            text.append(text.isEmpty() ? "" : " ").append(sentence(random));
        }
        return text.toString();
    }

    private static String sentence(RandomGenerator random) {
        return switch (random.nextInt(12)) {
            case 0 -> diary(random);
            case 1, 2, 3, 4 -> calendar(random);
            case 5 -> numbers(random);
            case 6, 7, 8 -> measures(random);
            case 9, 10 -> opinion(random);
            default -> story(random);
        };
    }

    private static String diary(RandomGenerator random) {
        String day = EnglishDate.random(random).written(random);
        String deed = pick(NAMES, random) + " " + pick(DEEDS, random) + " the " + pick(PLACES, random);
        return random.nextBoolean() ? "On " + day + " " + deed + "." : deed + " on " + day + ".";
    }

    private static String calendar(RandomGenerator random) {
        EnglishDate date = EnglishDate.random(random);
        int month = date.date().getMonthValue();
        return switch (random.nextInt(8)) {
            case 0 -> date.month() + " is month " + twoDigits(month) + " of the year.";
            case 1 -> "The " + EnglishDate.ORDINALS.get(month - 1) + " month is " + date.month() + ".";
            case 2 -> date.month().substring(0, 3) + " is short for " + date.month() + ".";
            case 3 -> "The " + date.ordinal() + " is the " + date.day() + date.suffix() + ", day "
                    + twoDigits(date.day()) + ".";
            case 4 -> date.written(random) + ": " + date.written(random) + ".";
            default -> date.written(random) + " is day " + twoDigits(date.day()) + " of month "
                    + twoDigits(month) + " in " + date.year() + ".";
        };
    }

    private static String numbers(RandomGenerator random) {
        int a = random.nextInt(100);
        int b = random.nextInt(100);
        return switch (random.nextInt(4)) {
            case 0 -> inWords(a) + " is " + a + ".";
            case 1 -> a + " + " + b + " = " + (a + b) + ".";
            case 2 -> a + ", " + (a + 1) + ", " + (a + 2) + ", " + (a + 3) + ".";
            default -> "Say " + a + b + " again: " + a + b + ".";
        };
    }

    private static String measures(RandomGenerator random) {
        UnitsTask.Pair pair = Opinion.pick(UnitsTask.PAIRS, random);
        int whole = 1 + random.nextInt(60);
        int rest = random.nextInt(pair.factor());
        int product = whole * pair.factor();
        return switch (random.nextInt(4)) {
            case 0 -> "A " + pair.large() + " has " + pair.factor() + " " + pair.small() + ".";
            case 1, 2 -> whole + " " + pair.large() + " = " + product + " " + pair.small() + ".";
            default -> product + " + " + rest + " = " + (product + rest) + ".";
        };
    }

    /// What was said, and half the time how the speaker felt.
    private static String opinion(RandomGenerator random) {
        Opinion opinion = Opinion.random(random);
        if (random.nextBoolean()) {
            return opinion.text();
        }
        return opinion.text() + " " + pick(NAMES, random) + (opinion.good() ? " was glad." : " was sad.");
    }

    private static String story(RandomGenerator random) {
        String name = pick(NAMES, random);
        String colour = pick(COLOURS, random);
        String object = pick(OBJECTS, random);
        return name + " has a " + colour + " " + object + ". The " + object + " of " + name + " is " + colour + ".";
    }

    private static String inWords(int number) {
        if (number < 20) {
            return SMALL.get(number);
        }
        String tens = TENS.get(number / 10);
        return number % 10 == 0 ? tens : tens + "-" + SMALL.get(number % 10);
    }

    private static String twoDigits(int number) {
        return (number < 10 ? "0" : "") + number;
    }

    private static String pick(List<String> list, RandomGenerator random) {
        return Opinion.pick(list, random);
    }
}
