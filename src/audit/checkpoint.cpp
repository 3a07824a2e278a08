#include "audit/checkpoint.h"

#include <algorithm>
#include <charconv>

#include "base/vietnamese.h"

namespace khien::audit {
namespace {

constexpr std::string_view kSignaturePrefix = "\u2014 ";  // em dash, space
constexpr std::string_view kTime = "time ";
constexpr unsigned char kEd25519 = 0x01;

Failure malformed(const char* why) {
  return Failure(Error::invalid({"Điểm kiểm tra sai khuôn dạng.", "The checkpoint is malformed."}, why));
}

/// A key name has no space, no plus sign and is not empty (signed-note).
bool is_key_name(std::string_view name) {
  return !name.empty() && name.find_first_of(" +\t\n\r\f\v") == std::string_view::npos && is_utf8(name);
}

/// Takes the text up to the next line feed, and the line feed; nullopt if there is none.
std::optional<std::string_view> take_line(std::string_view& text) {
  const auto end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const auto line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

Result<NoteSignature> parse_signature(std::string_view line) {
  if (!line.starts_with(kSignaturePrefix)) return malformed("a signature line begins otherwise");
  line.remove_prefix(kSignaturePrefix.size());
  const auto space = line.find(' ');
  if (space == std::string_view::npos || !is_key_name(line.substr(0, space))) return malformed("no key name");
  const auto bytes = from_base64(line.substr(space + 1));
  if (!bytes || bytes->size() <= sizeof(KeyHash)) return malformed("a signature is no base64");
  NoteSignature out{.name = std::string(line.substr(0, space)), .signature = {bytes->begin() + 4, bytes->end()}};
  std::copy_n(bytes->begin(), out.key_hash.size(), out.key_hash.begin());
  return out;
}

Result<Checkpoint> parse_body(std::string_view body) {
  Checkpoint out;
  const auto origin = take_line(body);
  const auto size = take_line(body);
  const auto root = take_line(body);
  if (!origin || origin->empty() || !size || !root) return malformed("fewer than three lines");
  out.origin = *origin;
  const auto [end, problem] = std::from_chars(size->data(), size->data() + size->size(), out.head.size);
  if (problem != std::errc{} || *size != std::to_string(out.head.size)) return malformed("the size is no number");
  const auto hash = from_base64(*root);
  if (!hash || hash->size() != out.head.root.size()) return malformed("the root is no hash");
  std::ranges::copy(*hash, out.head.root.begin());
  while (const auto line = take_line(body)) {
    if (line->empty()) return malformed("an empty extension line");
    out.extensions.emplace_back(*line);
  }
  return out;
}

}  // namespace

KeyHash key_hash(const VerifierKey& key) {
  const std::array<unsigned char, 2> middle{'\n', kEd25519};
  const Digest digest = sha256({bytes_of(key.name), middle, key.public_key});
  KeyHash out{};
  std::copy_n(digest.begin(), out.size(), out.begin());
  return out;
}

std::string text_of(const VerifierKey& key) {
  Bytes typed{kEd25519};
  typed.insert(typed.end(), key.public_key.begin(), key.public_key.end());
  return key.name + "+" + hex(key_hash(key)) + "+" + base64(typed);
}

Result<VerifierKey> parse_verifier_key(std::string_view text) {
  const auto wrong = [](const char* why) {
    return Failure(Error::invalid({"Khóa kiểm tra sai khuôn dạng: cần tên+mã+base64.",
                                   "The verifier key is malformed: name+hash+base64 is wanted."},
                                  why));
  };
  const auto first = text.find('+');
  const auto second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos || text.size() > 1024) return wrong("no two plus signs");
  VerifierKey key{.name = std::string(text.substr(0, first))};
  const auto typed = from_base64(text.substr(second + 1));
  if (!is_key_name(key.name)) return wrong("no name");
  if (!typed || typed->size() != 33 || typed->front() != kEd25519) return wrong("no Ed25519 key");
  std::copy(typed->begin() + 1, typed->end(), key.public_key.begin());
  if (hex(key_hash(key)) != text.substr(first + 1, second - first - 1)) return wrong("the hash is of another key");
  return key;
}

std::string origin_of(std::string_view installation, std::uint64_t generation) {
  std::string out = "khien/" + std::string(installation);
  return generation == 1 ? out : out + "/" + std::to_string(generation);
}

std::string body_of(const Checkpoint& checkpoint) {
  std::string out =
      checkpoint.origin + "\n" + std::to_string(checkpoint.head.size) + "\n" + base64(checkpoint.head.root) + "\n";
  for (const auto& line : checkpoint.extensions) out += line + "\n";
  return out;
}

namespace {

std::string signature_line(std::string_view body, std::string_view key_name, const Secret& seed) {
  const auto hash = key_hash({.name = std::string(key_name), .public_key = ed25519_public(seed)});
  const auto signature = ed25519_sign(seed, bytes_of(body));
  Bytes both(hash.begin(), hash.end());
  both.insert(both.end(), signature.begin(), signature.end());
  return std::string(kSignaturePrefix) + std::string(key_name) + " " + base64(both) + "\n";
}

}  // namespace

std::string sign_checkpoint(const Checkpoint& checkpoint, std::string_view key_name, const Secret& seed) {
  const std::string body = body_of(checkpoint);
  return body + "\n" + signature_line(body, key_name, seed);
}

std::string cosign(std::string note, std::string_view key_name, const Secret& seed) {
  const std::string body = note.substr(0, note.rfind("\n\n") + 1);
  return note + signature_line(body, key_name, seed);
}

std::string time_line(Instant at) {
  return std::string(kTime) + iso(at);
}

std::optional<Instant> time_of(const Checkpoint& checkpoint) {
  for (const auto& line : checkpoint.extensions)
    if (line.starts_with(kTime)) return parse_instant(std::string_view(line).substr(kTime.size()));
  return std::nullopt;
}

Result<SignedCheckpoint> parse_checkpoint(std::string_view note) {
  if (note.size() > kMostCheckpointBytes) return malformed("too long");
  if (!is_utf8(note)) return malformed("not UTF-8");
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; };
  if (std::ranges::any_of(note, control)) return malformed("a control character");
  const auto blank = note.rfind("\n\n");
  if (blank == std::string_view::npos) return malformed("no blank line");
  SignedCheckpoint out;
  out.body = note.substr(0, blank + 1);
  out.checkpoint = TRY(parse_body(out.body));
  std::string_view rest = note.substr(blank + 2);
  while (const auto line = take_line(rest)) {
    if (out.signatures.size() == kMostSignatures) return malformed("too many signatures");
    out.signatures.push_back(TRY(parse_signature(*line)));
  }
  if (!rest.empty()) return malformed("the last line is not ended");
  if (out.signatures.empty()) return malformed("not signed");
  return out;
}

bool is_signed_by(const SignedCheckpoint& note, const VerifierKey& key) {
  const auto hash = key_hash(key);
  const auto same = [&](const NoteSignature& one) { return one.name == key.name && one.key_hash == hash; };
  const auto found = std::ranges::find_if(note.signatures, same);
  // A wrong signature under the right name is no stranger's: it is a forgery.
  return found != note.signatures.end() && ed25519_verify(key.public_key, bytes_of(note.body), found->signature);
}

Result<Checkpoint> verify_checkpoint(std::string_view note, const VerifierKey& key) {
  auto parsed = TRY(parse_checkpoint(note));
  if (parsed.checkpoint.origin != key.name)
    return Failure(Error::refused(Text::format("Điểm kiểm tra thuộc nhật ký khác: {0}, không phải {1}.",
                                               "The checkpoint is of another log: {0}, not {1}.",
                                               parsed.checkpoint.origin, key.name)));
  if (!is_signed_by(parsed, key))
    return Failure(Error::refused({"Chữ ký trên điểm kiểm tra không phải của khóa nhật ký này.",
                                   "The checkpoint is not signed by the key of this log."}));
  return std::move(parsed.checkpoint);
}

}  // namespace khien::audit
