#include "policy/words.h"

#include <gtest/gtest.h>

#include "policy/catalogue.h"

namespace khien::policy {
namespace {

TEST(Words, EveryParameterAndEveryCodeHasWordsInBothLanguages) {
  for (const KindSpec& spec : catalogue())
    for (const Parameter& parameter : spec.parameters) {
      EXPECT_NE(words_of(parameter.name).vi, parameter.name) << spec.code;
      for (const std::string_view code : parameter.codes) EXPECT_NE(words_of(code).vi, code) << spec.code;
    }
}

TEST(Words, ACodeThatIsNoneStandsForItself) {
  EXPECT_EQ(words_of("tthc"), (Text{"tthc", "tthc"}));
}

}  // namespace
}  // namespace khien::policy
