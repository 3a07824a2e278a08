// A password is bytes of a stranger: every rule over them, and the text form of verifiers.
#include <cstdlib>

#include "credentials/composition.h"
#include "credentials/guessable.h"
#include "credentials/network.h"
#include "credentials/verifier.h"

using namespace khien;
using namespace khien::credentials;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text = text_of({data, size});
  static_cast<void>(network_of(text));
  if (const auto verifier = Verifier::parse(text); verifier && verifier->text() != text) std::abort();
  if (size > kMaxPasswordBytes) return 0;
  const Composition composition{.min_length = 8, .require = CharacterClasses::all(), .max_length = 64};
  const auto normal = prepare(Secret(std::string(text)));
  if (normal && violations(text, composition) != violations(normal->reveal(), composition)) std::abort();
  // The first line is the password, the second what is known of the holder.
  const auto cut = std::min(text.find('\n'), text.size());
  const std::string known(text.substr(std::min(cut + 1, text.size())));
  const GuessContext context{.user_names = {known}, .full_name = known, .unit_names = {known}, .issuer = known};
  const auto guess = why_guessable(text.substr(0, cut), context);
  if (guess && (guess->text.vi.empty() || guess->text.en.empty())) std::abort();
  static_cast<void>(telex_hint(text));
  return 0;
}
