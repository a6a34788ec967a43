package io.arrakis.runtime.spec.form;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arrakis.api.operation.DefaultValue;
import io.arrakis.api.operation.Inline;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Records that cannot be parameters are refused with the component and the reason. */
class ParametersTest {

    record Strange(Duration time) {}

    record KeysThatAreNumbers(Map<Integer, String> map) {}

    record OpenList(List<?> list) {}

    record RawList(@SuppressWarnings("rawtypes") List list) {}

    record Unsupported(@Email String address) {}

    record WrongDefault(@DefaultValue("five") int number) {}

    record DefaultOutOfRange(@DefaultValue("0") @Min(1) int number) {}

    record Inner(List<Outer> outers) {}

    record Outer(Inner inner) {}

    @Inline
    record MaybeInline(Optional<Integer> maybe) {}

    record WithMaybeInline(MaybeInline value) {}

    sealed interface NotOfRecords permits NotARecord {}

    static final class NotARecord implements NotOfRecords {}

    record WithNotOfRecords(NotOfRecords value) {}

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(
                        Strange.class, "Strange.time: parameters of the type java.time.Duration cannot be written"),
                Arguments.of(KeysThatAreNumbers.class, "KeysThatAreNumbers.map: the keys of a map must be texts"),
                Arguments.of(OpenList.class, "OpenList.list: the type ? is not a plain one"),
                Arguments.of(RawList.class, "RawList.list: java.util.List does not say of what"),
                Arguments.of(
                        Unsupported.class,
                        "Unsupported.address: the constraint @Email is not supported for parameters"),
                Arguments.of(
                        WrongDefault.class,
                        "the default of number is wrong: number must be a whole number, not 'five'"),
                Arguments.of(
                        DefaultOutOfRange.class, "the default of number is wrong: number is 0, but must be at least 1"),
                Arguments.of(
                        Outer.class,
                        "Outer.inner: Inner.outers: io.arrakis.runtime.spec.form.ParametersTest$Outer contains itself"),
                Arguments.of(
                        WithMaybeInline.class,
                        "WithMaybeInline.value: io.arrakis.runtime.spec.form.ParametersTest$MaybeInline is marked @Inline"
                                + " and needs components that are always there"),
                Arguments.of(
                        WithNotOfRecords.class,
                        "WithNotOfRecords.value: io.arrakis.runtime.spec.form.ParametersTest$NotARecord is not a record"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWhatItDoesNotUnderstand(Class<? extends Record> type, String reason) {
        assertThatThrownBy(() -> Parameters.of(type))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(reason);
    }
}
