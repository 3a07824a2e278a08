#include "audit/handover.h"

#include <algorithm>

namespace khien::audit {
namespace {

constexpr std::string_view kFrom = "khien-key-from ";
constexpr std::string_view kTo = "khien-key-to ";

Failure no_handover(const char* why) {
  return Failure(
      Error::invalid({"Biên bản chuyển khóa nhật ký không hợp lệ.", "The handover of the log key is wrong."}, why));
}

Result<VerifierKey> named(const Checkpoint& checkpoint, std::string_view prefix) {
  for (const auto& line : checkpoint.extensions)
    if (line.starts_with(prefix)) return parse_verifier_key(std::string_view(line).substr(prefix.size()));
  return no_handover("a key is not named");
}

}  // namespace

std::string sign_handover(const TreeHead& head, Instant at, std::string_view from, const Secret& from_seed,
                          std::string_view to, const Secret& to_seed) {
  const VerifierKey old_key{std::string(from), ed25519_public(from_seed)};
  const VerifierKey new_key{std::string(to), ed25519_public(to_seed)};
  const Checkpoint checkpoint{
      .origin = std::string(from),
      .head = head,
      .extensions = {time_line(at), std::string(kFrom) + text_of(old_key), std::string(kTo) + text_of(new_key)}};
  return cosign(sign_checkpoint(checkpoint, from, from_seed), to, to_seed);
}

Result<Handover> parse_handover(std::string_view note) {
  const auto parsed = TRY(parse_checkpoint(note));
  Handover out{parsed.checkpoint, TRY(named(parsed.checkpoint, kFrom)), TRY(named(parsed.checkpoint, kTo))};
  if (out.checkpoint.origin != out.from.name) return no_handover("of another log");
  if (!is_signed_by(parsed, out.from) || !is_signed_by(parsed, out.to)) return no_handover("not signed by both");
  return out;
}

std::vector<TrustedKey> follow_handovers(std::span<const VerifierKey> given, std::span<const Handover> handovers) {
  std::vector<TrustedKey> trusted;
  const auto find = [&](const VerifierKey& key) { return std::ranges::find(trusted, key, &TrustedKey::key); };
  const auto trust = [&](const VerifierKey& key) {
    if (find(key) == trusted.end()) trusted.push_back({key});
  };
  for (const auto& key : given) trust(key);
  for (bool grew = true; grew;) {
    const std::size_t before = trusted.size();
    for (const auto& handover : handovers) {
      if (find(handover.from) != trusted.end()) trust(handover.to);
      if (find(handover.to) != trusted.end()) trust(handover.from);
    }
    grew = trusted.size() != before;
  }
  for (const auto& handover : handovers) {
    const std::uint64_t size = handover.checkpoint.head.size;
    if (const auto old_key = find(handover.from); old_key != trusted.end() && size <= old_key->last) {
      old_key->last = size;
      old_key->next = handover.to.name;
    }
    if (const auto new_key = find(handover.to); new_key != trusted.end())
      new_key->first = std::max(new_key->first, size);
  }
  return trusted;
}

}  // namespace khien::audit
