package org.goldgrad.properties.optimization;

import org.goldgrad.analytic.arithmetic.DoubleDouble;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Subject.Measured;

/** Lengths and angles of arrays, taken as vectors, in double-double; and how far an answer's may be off. */
final class Euclid {
    private Euclid() {}

    static double dot(Array a, Array b) {
        DoubleDouble sum = DoubleDouble.ARITHMETIC.zero();
        for (int i = 0; i < a.size(); i++) {
            sum = sum.plus(DoubleDouble.ARITHMETIC.of(a.at(i)).times(b.at(i)));
        }
        return sum.doubleValue();
    }

    static double norm(Array a) {
        DoubleDouble sum = DoubleDouble.ARITHMETIC.zero();
        for (int i = 0; i < a.size(); i++) {
            sum = sum.plus(DoubleDouble.ARITHMETIC.of(a.at(i)).square());
        }
        return sum.sqrt().doubleValue();
    }

    /** a + cb, rounded to doubles. */
    static Array plus(Array a, double c, Array b) {
        Array sum = a;
        for (int i = 0; i < a.size(); i++) {
            sum = sum.with(i, a.at(i) + c * b.at(i));
        }
        return sum;
    }

    static double distance(Array a, Array b) {
        DoubleDouble sum = DoubleDouble.ARITHMETIC.zero();
        for (int i = 0; i < a.size(); i++) {
            sum = sum.plus(DoubleDouble.ARITHMETIC.of(a.at(i)).minus(b.at(i)).square());
        }
        return sum.sqrt().doubleValue();
    }

    /** How far an answer may be off as a vector, element by element. */
    static Array allowed(Measured answer, String output) {
        Array array = answer.array(output);
        Array allowed = array;
        for (int i = 0; i < array.size(); i++) {
            allowed = allowed.with(i, answer.allowed(output, i) + Math.ulp(array.at(i)) / 2);
        }
        return allowed;
    }

    /** How far what is shortened may be off where what it is made of is: |dx_i| + |x_i|‖dx‖/‖x‖, as its factor is at most 1. */
    static Array carried(Array x, Array off) {
        double length = norm(x);
        return length == 0 ? off : plus(off, norm(off) / length, x.map(Math::abs));
    }

    /** Also: a is b times a number, up to what both and something before them may be off. */
    static Check agrees(
            Check check, Measured a, String outputA, Measured b, String outputB, double timesB, Array before) {
        Array array = a.array(outputA);
        Check result = check;
        for (int i = 0; i < array.size(); i++) {
            result = result.near(
                    outputA + array.index(i),
                    array.at(i),
                    timesB * b.at(outputB, i),
                    a.allowed(outputA, i) + timesB * b.allowed(outputB, i) + before.at(i));
        }
        return result;
    }

    /** Also: an answer has these elements, up to what it and something before it may be off. */
    static Check agrees(Check check, Measured answer, String output, Array expected, Array before) {
        Check result = check;
        for (int i = 0; i < expected.size(); i++) {
            result = result.near(
                    output + expected.index(i),
                    answer.at(output, i),
                    expected.at(i),
                    answer.allowed(output, i) + before.at(i));
        }
        return result;
    }

    /** Also: b is a times a number that is not negative, b being off by as much as given. */
    static Check parallel(Check check, Array a, Array b, Array off) {
        double lengthA = norm(a);
        double lengthB = norm(b);
        double lengthOff = norm(off);
        Check result = check;
        for (int i = 0; i < a.size(); i++) {
            double there = b.at(i) * lengthA;
            double here = a.at(i) * lengthB;
            double allowed = off.at(i) * lengthA + Math.abs(a.at(i)) * lengthOff + 2 * Math.ulp(here);
            result = result.near(
                    "b" + a.index(i) + "‖a‖ where it should be a" + a.index(i) + "‖b‖", there, here, allowed);
        }
        return result;
    }
}
