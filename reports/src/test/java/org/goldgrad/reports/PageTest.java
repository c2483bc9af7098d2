package org.goldgrad.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class PageTest {
    private static final String ATTACK =
            "<script>alert(\"1\")</script>'\"&amp; javascript:alert(1) ${7*7} <#assign x=1>";

    @Test
    void escapes_what_comes_from_outside() {
        String page = Fixtures.page(ATTACK, ATTACK);
        assertFalse(page.contains("<script"), page);
        assertFalse(page.contains("&amp; javascript"), "an & that was there must be escaped again");
        assertTrue(page.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;"), page);
        assertTrue(page.contains("${7*7}"), "nothing from outside is evaluated");
    }

    @Test
    void asks_nobody_else_for_anything() {
        String page = Fixtures.page("nd4j", "no reason");
        List<String> loads = Pattern.compile("(?:src|href)=\"([^\"]*)\"|url\\(|@import|<script|<link[^>]*>")
                .matcher(page)
                .results()
                .map(MatchResult::group)
                .filter(load -> !load.startsWith("href=\"#") && !load.startsWith("href=\"http"))
                .toList();
        assertEquals(List.of("<link rel=\"icon\" href=\"data:,\">"), loads);
        assertFalse(page.contains("<a href=\"http"), "a link to elsewhere says rel=noopener first");
    }

    @Test
    void shows_every_verdict_as_what_it_is() {
        String page = Fixtures.page("nd4j", "cannot do this");
        assertTrue(
                page.contains("nd4j does not conform: 3 of 7 cases agree, 1 differs, 2 are declined, 1 crashes."),
                page);
        for (String id : List.of(Fixtures.ADAM, Fixtures.MOMENTUM, Fixtures.LAYER_NORM, Fixtures.PCA)) {
            assertTrue(page.contains("<section id=\"" + id + "\""), id);
        }
        assertTrue(page.contains("nd4j declines 2 of 2 cases."));
        assertTrue(
                page.contains("theta[2]") && page.contains("<code>0.25</code>") && page.contains("<code>0.5</code>"));
        assertTrue(page.contains("./goldgrad check --implementation nd4j --operations optimization.adam"));
        assertTrue(page.contains("vhat[2,0,1] (step 3) is 0.5, should be 0.25<span"), page);
        assertTrue(page.contains("intermediate mhat was not compared: it must be 3×2×2, got length 2"), page);
        assertTrue(
                page.contains("<td>4 operations</td><td></td><td class=\"n\">15.4</td><td class=\"n\">51.2</td>"),
                page);
    }

    @Test
    void is_balanced() {
        String page = Fixtures.page("nd4j", "no reason");
        for (String tag :
                List.of("section", "table", "tr", "td", "th", "div", "p", "pre", "code", "span", "svg", "a")) {
            assertEquals(count(page, "<" + tag + "[ >]"), count(page, "</" + tag + ">"), tag);
        }
    }

    private static long count(String page, String regex) {
        return Pattern.compile(regex).matcher(page).results().count();
    }
}
