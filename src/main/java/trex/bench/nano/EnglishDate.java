package trex.bench.nano;

import java.time.LocalDate;
import java.util.List;
import java.util.random.RandomGenerator;

/// A calendar date and the ways English writes it.
record EnglishDate(LocalDate date) {
    static final List<String> MONTHS = List.of("January", "February", "March", "April", "May", "June", "July",
            "August", "September", "October", "November", "December");
    static final List<String> ORDINALS = List.of("first", "second", "third", "fourth", "fifth", "sixth", "seventh",
            "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth",
            "seventeenth", "eighteenth", "nineteenth", "twentieth", "twenty-first", "twenty-second", "twenty-third",
            "twenty-fourth", "twenty-fifth", "twenty-sixth", "twenty-seventh", "twenty-eighth", "twenty-ninth",
            "thirtieth", "thirty-first");
    private static final LocalDate FIRST = LocalDate.of(1900, 1, 1);
    private static final int DAYS = 55_000;

    static EnglishDate random(RandomGenerator random) {
        return new EnglishDate(FIRST.plusDays(random.nextInt(DAYS)));
    }

    /// One of seven ways to write it, drawn at random.
    String written(RandomGenerator random) {
        return switch (random.nextInt(7)) {
            case 0 -> month() + " " + day() + ", " + year();
            case 1 -> day() + " " + month() + " " + year();
            case 2 -> "the " + ordinal() + " of " + month() + " " + year();
            case 3 -> month() + " " + day() + suffix() + " " + year();
            case 4 -> day() + suffix() + " of " + month() + ", " + year();
            case 5 -> month().substring(0, 3) + " " + day() + " " + year();
            default -> year() + ", " + month() + " the " + ordinal();
        };
    }

    /// As ISO 8601 writes it, for example `1987-03-03`.
    String iso() {
        return date.toString();
    }

    String month() {
        return MONTHS.get(date.getMonthValue() - 1);
    }

    String ordinal() {
        return ORDINALS.get(day() - 1);
    }

    int day() {
        return date.getDayOfMonth();
    }

    int year() {
        return date.getYear();
    }

    String suffix() {
        return suffix(day());
    }

    static String suffix(int number) {
        if (number / 10 % 10 == 1) {
            return "th";
        }
        return switch (number % 10) {
            case 1 -> "st";
            case 2 -> "nd";
            case 3 -> "rd";
            default -> "th";
        };
    }
}
