package org.goldgrad.golden.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published schemas, by a validator that is not ours. */
class SchemaTest {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private static List<Error> errors(String schema, String text) throws IOException {
        Path file = Path.of("schema", schema);
        return REGISTRY.getSchema(Files.readString(file), InputFormat.JSON).validate(text, InputFormat.JSON);
    }

    private static String generated() {
        return VectorFile.text(Sample.MOMENTUM, Generator.cases(Sample.MOMENTUM));
    }

    @Test
    void generated_files_are_valid() throws IOException {
        assertEquals(List.of(), errors("vectors.schema.json", generated()));
        assertEquals(List.of(), errors("codec.schema.json", Codec.text()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "title",
                "level",
                "shape",
                "bits",
                "approx",
                "budget",
                "rounding",
                "curvature",
                "peak",
                "choices",
                "kills",
                "sha256",
                "license",
                "count",
                "draws"
            })
    void a_renamed_member_is_invalid(String member) throws IOException {
        String renamed = generated().replaceFirst("\"" + member + "\":", "\"another\":");
        assertFalse(errors("vectors.schema.json", renamed).isEmpty());
    }
}
