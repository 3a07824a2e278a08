// Checkpoints, verifier keys and tile paths: what is accepted has one written form, which is the input.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "audit/checkpoint.h"
#include "audit/tile.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace khien;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static const bool started = start_crypto();
  if (!started) std::abort();
  if (const auto note = audit::parse_checkpoint(text)) {
    if (audit::body_of(note->checkpoint) != note->body || !text.starts_with(note->body)) std::abort();
    if (note->signatures.empty() || note->signatures.size() > audit::kMostSignatures) std::abort();
    // Nobody has the key of 32 zero bytes, so that whatever is accepted under it is forged.
    if (audit::verify_checkpoint(text, {.name = note->checkpoint.origin})) std::abort();
  }
  if (const auto key = audit::parse_verifier_key(text))
    if (audit::text_of(*key) != text) std::abort();
  if (const auto path = audit::parse_tile_path(text))
    if (audit::text_of(*path) != text || path->width == 0 || path->width > audit::kTileWidth) std::abort();
  return 0;
}
