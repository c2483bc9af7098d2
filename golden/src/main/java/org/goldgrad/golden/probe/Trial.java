package org.goldgrad.golden.probe;

import java.util.List;
import java.util.stream.Stream;
import org.goldgrad.properties.draw.Draw;

/** Something that is tried on draws: an operation's answers, or a claim. */
interface Trial {
    /** What a draw shows. */
    Attempt of(Draw draw);

    /** What draws show, in this order, found one by one as they are looked at. */
    default Stream<Attempt> all(List<Draw> draws) {
        return draws.stream().map(this::of);
    }

    /** What recorded choices show. */
    default Attempt replay(List<Integer> choices) {
        return of(Draw.replaying(choices));
    }
}
