package org.goldgrad.analytic.formula;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a formula by recursive descent; the grammar stands at {@link Formula}. */
final class Parser {
    private static final Pattern TOKEN = Pattern.compile("\\s*([0-9]+(?:\\.[0-9]+)?|[A-Za-z_][A-Za-z_0-9]*|[-+/^(),])");

    private final String text;
    private final List<String> tokens = new ArrayList<>();
    private int at;

    Parser(String text) {
        this.text = text;
        Matcher matcher = TOKEN.matcher(text);
        int end = 0;
        while (end < text.stripTrailing().length()) {
            if (!matcher.find(end) || matcher.start() != end) {
                throw new IllegalArgumentException(
                        "cannot read \"" + text.substring(end).strip() + "\" in: " + text);
            }
            tokens.add(matcher.group(1));
            end = matcher.end();
        }
    }

    Formula formula() {
        Formula formula = sum();
        if (at < tokens.size()) {
            throw unexpected();
        }
        return formula;
    }

    private Formula sum() {
        List<Formula.Term> terms = new ArrayList<>();
        terms.add(new Formula.Term(accepts("-"), product()));
        while (sees("+") || sees("-")) {
            terms.add(new Formula.Term(next().equals("-"), product()));
        }
        return terms.size() == 1 && !terms.get(0).minus() ? terms.get(0).formula() : new Formula.Sum(terms);
    }

    private Formula product() {
        List<Formula.Factor> factors = new ArrayList<>();
        factors.add(new Formula.Factor(false, power()));
        while (sees("/") || atomFollows()) {
            factors.add(new Formula.Factor(accepts("/"), power()));
        }
        return factors.size() == 1 ? factors.get(0).formula() : new Formula.Product(factors);
    }

    private Formula power() {
        Formula base = atom();
        return accepts("^") ? new Formula.Power(base, atom()) : base;
    }

    private Formula atom() {
        if (accepts("(")) {
            Formula inner = sum();
            expect(")");
            return inner;
        }
        if (!atomFollows()) {
            throw unexpected();
        }
        String token = next();
        if (Character.isDigit(token.charAt(0))) {
            return new Formula.Constant(token);
        }
        return Arrays.stream(Function.values())
                .filter(function -> function.toString().equals(token))
                .findFirst()
                .map(this::call)
                .orElseGet(() -> new Formula.Name(token));
    }

    private Formula call(Function function) {
        List<Formula> arguments = new ArrayList<>();
        expect("(");
        arguments.add(sum());
        while (accepts(",")) {
            arguments.add(sum());
        }
        expect(")");
        if (arguments.size() != function.arguments()) {
            throw new IllegalArgumentException(function + " takes " + function.arguments() + " arguments, not "
                    + arguments.size() + ", in: " + text);
        }
        return new Formula.Call(function, arguments);
    }

    private boolean atomFollows() {
        return at < tokens.size() && !"+-/^),".contains(tokens.get(at));
    }

    private boolean sees(String token) {
        return at < tokens.size() && tokens.get(at).equals(token);
    }

    private boolean accepts(String token) {
        boolean sees = sees(token);
        at += sees ? 1 : 0;
        return sees;
    }

    private void expect(String token) {
        if (!accepts(token)) {
            throw unexpected();
        }
    }

    private String next() {
        return tokens.get(at++);
    }

    private IllegalArgumentException unexpected() {
        String found = at < tokens.size() ? "\"" + tokens.get(at) + "\"" : "the end";
        return new IllegalArgumentException("a formula makes no sense from " + found + " on: " + text);
    }
}
