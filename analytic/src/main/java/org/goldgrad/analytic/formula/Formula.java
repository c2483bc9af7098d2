package org.goldgrad.analytic.formula;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.goldgrad.analytic.arithmetic.Real;

/**
 * A formula over named numbers, as it is written in a line of plain text: {@code theta - lr mhat/(sqrt(vhat) + eps)}.
 *
 * <pre>
 *   sum      = ["-"] product { ("+" | "-") product }
 *   product  = power { ["/"] power }                     what stands side by side is multiplied, from left to right
 *   power    = atom [ "^" atom ]                         the exponent is an integer: 2, t, (t + 1)
 *   atom     = number | name | function "(" sum { "," sum } ")" | "(" sum ")"
 *   function = sqrt | abs | max | exp | log | first      first(a, b) is a at the first step and b afterwards
 * </pre>
 */
public sealed interface Formula {

    /** A constant, the double nearest to its decimal. */
    record Constant(String text) implements Formula {
        @Override
        public <R extends Real<R>> R value(Values<R> values) {
            return values.arithmetic().of(Double.parseDouble(text));
        }

        @Override
        public int integer(Values<?> values) {
            return Integer.parseInt(text);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** A number that has a name. */
    record Name(String name) implements Formula {
        @Override
        public <R extends Real<R>> R value(Values<R> values) {
            return values.get(name);
        }

        @Override
        public int integer(Values<?> values) {
            if (!name.equals(Values.STEP)) {
                throw new IllegalArgumentException(name + " is no integer: only " + Values.STEP + " is");
            }
            return values.step();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** One summand: added, or subtracted. */
    record Term(boolean minus, Formula formula) {}

    /** Summands. More than two may be added in any order, and an error budget grants every order. */
    record Sum(List<Term> terms) implements Formula {
        public Sum {
            terms = List.copyOf(terms);
        }

        @Override
        public <R extends Real<R>> R value(Values<R> values) {
            R[] summands = values.arithmetic().array(terms.size());
            for (int i = 0; i < summands.length; i++) {
                R summand = terms.get(i).formula.value(values);
                boolean negated = terms.get(i).minus && !(summands.length == 2 && i == 1);
                summands[i] = negated ? summand.negate() : summand;
            }
            if (summands.length == 2) {
                return terms.get(1).minus ? summands[0].minus(summands[1]) : summands[0].plus(summands[1]);
            }
            return summands.length == 1 ? summands[0] : values.arithmetic().sum(summands);
        }

        @Override
        public int integer(Values<?> values) {
            return terms.stream()
                    .mapToInt(term -> term.minus ? -term.formula.integer(values) : term.formula.integer(values))
                    .sum();
        }

        @Override
        public List<Formula> parts() {
            return terms.stream().map(Term::formula).toList();
        }

        @Override
        public Formula withParts(List<Formula> parts) {
            List<Term> changed = new ArrayList<>();
            for (int i = 0; i < parts.size(); i++) {
                changed.add(new Term(terms.get(i).minus, parts.get(i)));
            }
            return new Sum(changed);
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            for (Term term : terms) {
                String sign = text.isEmpty() ? (term.minus ? "-" : "") : (term.minus ? " - " : " + ");
                text.append(sign).append(term.formula instanceof Sum ? "(" + term.formula + ")" : term.formula);
            }
            return text.toString();
        }
    }

    /** One factor: multiplied by, or divided by. */
    record Factor(boolean divides, Formula formula) {}

    /** Factors, taken from left to right. */
    record Product(List<Factor> factors) implements Formula {
        public Product {
            factors = List.copyOf(factors);
        }

        @Override
        public <R extends Real<R>> R value(Values<R> values) {
            R product = factors.get(0).formula.value(values);
            if (factors.get(0).divides) {
                product = product.reciprocal();
            }
            for (Factor factor : factors.subList(1, factors.size())) {
                R next = factor.formula.value(values);
                product = factor.divides ? product.dividedBy(next) : product.times(next);
            }
            return product;
        }

        @Override
        public List<Formula> parts() {
            return factors.stream().map(Factor::formula).toList();
        }

        @Override
        public Formula withParts(List<Formula> parts) {
            List<Factor> changed = new ArrayList<>();
            for (int i = 0; i < parts.size(); i++) {
                changed.add(new Factor(factors.get(i).divides, parts.get(i)));
            }
            return new Product(changed);
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(factors.get(0).divides ? "1" : "");
            for (Factor factor : factors) {
                boolean compound = factor.formula instanceof Sum || factor.formula instanceof Product;
                text.append(factor.divides ? "/" : text.isEmpty() ? "" : " ")
                        .append(compound ? "(" + factor.formula + ")" : factor.formula);
            }
            return text.toString();
        }
    }

    /** A power with an integer exponent. */
    record Power(Formula base, Formula exponent) implements Formula {
        @Override
        public <R extends Real<R>> R value(Values<R> values) {
            int n = exponent.integer(values);
            R x = base.value(values);
            return n == 2 ? x.square() : x.pow(n);
        }

        @Override
        public List<Formula> parts() {
            return List.of(base);
        }

        @Override
        public Formula withParts(List<Formula> parts) {
            return new Power(parts.get(0), exponent);
        }

        @Override
        public String toString() {
            return atom(base) + "^" + atom(exponent);
        }

        private static String atom(Formula formula) {
            boolean atomic = formula instanceof Name || formula instanceof Constant || formula instanceof Call;
            return atomic ? formula.toString() : "(" + formula + ")";
        }
    }

    /** A function of formulas. */
    record Call(Function function, List<Formula> arguments) implements Formula {
        public Call {
            arguments = List.copyOf(arguments);
        }

        @Override
        public <R extends Real<R>> R value(Values<R> values) {
            return function.of(values, arguments);
        }

        @Override
        public List<Formula> parts() {
            return arguments;
        }

        @Override
        public Formula withParts(List<Formula> parts) {
            return new Call(function, parts);
        }

        @Override
        public String toString() {
            return arguments.stream().map(Formula::toString).collect(Collectors.joining(", ", function + "(", ")"));
        }
    }

    /** The number that it stands for. */
    <R extends Real<R>> R value(Values<R> values);

    /** The integer that it stands for: an exponent. */
    default int integer(Values<?> values) {
        throw new IllegalArgumentException(this + " is no integer");
    }

    /** The formulas that it is made of, exponents left out. */
    default List<Formula> parts() {
        return List.of();
    }

    /** The same made of other formulas, as many. */
    default Formula withParts(List<Formula> parts) {
        return this;
    }

    /** Whether a name stands in it, exponents left out. */
    default boolean reads(String name) {
        return equals(new Name(name)) || parts().stream().anyMatch(part -> part.reads(name));
    }

    /** This formula with every name changed. */
    default Formula renamed(UnaryOperator<String> change) {
        return this instanceof Name name
                ? new Name(change.apply(name.name))
                : withParts(parts().stream().map(part -> part.renamed(change)).toList());
    }

    /**
     * The formula of a line of text.
     *
     * @throws IllegalArgumentException saying where the text stops making sense
     */
    static Formula of(String text) {
        return new Parser(text).formula();
    }
}
