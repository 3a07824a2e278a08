// The strict reader of stored entries: a fixed grammar, so that a byte is either where it must be or an error.
#include <array>
#include <charconv>

#include "audit/encode.h"
#include "base/vietnamese.h"

namespace khien::audit {
namespace {

constexpr std::array kKinds{Actor::Kind::Person,   Actor::Kind::Login, Actor::Kind::Client,
                            Actor::Kind::Operator, Actor::Kind::Clock, Actor::Kind::Anonymous};

/// Reads from the front. After the first thing that is not there it reads nothing more and stays failed.
class Scanner {
 public:
  explicit Scanner(std::string_view bytes) : bytes_(bytes) {}

  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] std::size_t at() const { return at_; }
  [[nodiscard]] bool at_end() const { return at_ == bytes_.size(); }
  void fail() { failed_ = true; }

  bool accept(std::string_view literal) {
    if (failed_ || !bytes_.substr(at_).starts_with(literal)) return false;
    at_ += literal.size();
    return true;
  }
  void expect(std::string_view literal) {
    if (!accept(literal)) fail();
  }

  std::int64_t integer() {
    std::int64_t value = 0;
    if (failed_) return value;
    const char* begin = bytes_.data() + at_;
    const auto [end, problem] = std::from_chars(begin, bytes_.data() + bytes_.size(), value);
    const std::string_view digits(begin, static_cast<std::size_t>(end - begin));
    if (problem != std::errc{} || digits != std::to_string(value)) fail();
    at_ += digits.size();
    return value;
  }

  std::string string() {
    std::string out;
    expect("\"");
    while (!failed_) {
      const std::size_t plain = bytes_.find_first_of("\"\\", at_);
      if (plain == std::string_view::npos) {
        fail();
        break;
      }
      const auto run = bytes_.substr(at_, plain - at_);
      for (const char c : run)
        if (static_cast<unsigned char>(c) < 0x20) fail();
      out += run;
      at_ = plain;
      if (accept("\"")) break;
      escape(out);
    }
    return out;
  }

 private:
  void escape(std::string& out) {
    static constexpr std::string_view kShort = "\"\\btnfr";
    static constexpr std::string_view kMeaning = "\"\\\b\t\n\f\r";
    expect("\\");
    if (failed_ || at_ == bytes_.size()) return fail();
    if (const auto known = kShort.find(bytes_[at_]); known != std::string_view::npos) {
      out += kMeaning[known];
      ++at_;
      return;
    }
    expect("u00");
    const auto code = failed_ ? std::nullopt : from_hex(bytes_.substr(at_, 2));
    // What has a short form, or needs none, is not written this way.
    if (!code || code->size() != 1 || (*code)[0] >= 0x20) return fail();
    const char c = static_cast<char>((*code)[0]);
    if (kMeaning.find(c) != std::string_view::npos) return fail();
    out += c;
    at_ += 2;
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

Actor actor(Scanner& in) {
  Actor actor;
  in.expect("{\"kind\":");
  const std::string kind = in.string();
  bool known = false;
  for (const auto candidate : kKinds)
    if (name_of(candidate) == kind) {
      actor.kind = candidate;
      known = true;
    }
  if (!known) in.fail();
  in.expect(",\"id\":");
  actor.id = in.string();
  if (in.accept(",\"system_user\":")) actor.system_user = in.string();
  actor.break_glass = in.accept(",\"break_glass\":true");
  if (in.accept(",\"approver\":") && !(actor.approver = PersonId::parse(in.string()))) in.fail();
  if (in.accept(",\"request\":") && !(actor.request = RequestId::parse(in.string()))) in.fail();
  in.expect("}");
  return actor;
}

std::vector<std::string> names(Scanner& in) {
  std::vector<std::string> out;
  in.expect("[");
  if (in.accept("]")) return out;
  do out.push_back(in.string());
  while (in.accept(","));
  in.expect("]");
  return out;
}

std::vector<Fact> facts(Scanner& in) {
  std::vector<Fact> out;
  in.expect("{");
  if (in.accept("}")) return out;
  do {
    Fact fact;
    fact.name = in.string();
    in.expect(":");
    fact.value = in.string();
    out.push_back(std::move(fact));
  } while (in.accept(","));
  in.expect("}");
  return out;
}

std::vector<Commitment> commitments(Scanner& in) {
  std::vector<Commitment> out;
  auto texts = facts(in);
  if (texts.empty()) in.fail();
  for (auto& [name, value] : texts) {
    const auto bytes = from_base64url(value);
    if (!bytes || bytes->size() != 32) {
      in.fail();
      break;
    }
    Commitment commitment{.name = std::move(name)};
    std::copy(bytes->begin(), bytes->end(), commitment.digest.begin());
    out.push_back(std::move(commitment));
  }
  return out;
}

void person(Scanner& in, StoredEntry& stored) {
  if (!in.accept(",\"person\":")) return;
  stored.entry.person = PersonId::parse(in.string());
  if (!stored.entry.person) in.fail();
  if (in.accept(",\"commitments\":")) stored.commitments = commitments(in);
}

Failure malformed(std::size_t at) {
  return Failure(Error::invalid(
      Text::format("Mục nhật ký sai khuôn dạng tại byte thứ {0}.", "The log entry is malformed at byte {0}.", at)));
}

}  // namespace

Result<StoredEntry> decode(std::string_view bytes) {
  if (bytes.size() > kMostEntryBytes) return malformed(kMostEntryBytes);
  if (!is_utf8(bytes)) return malformed(0);
  Scanner in(bytes);
  StoredEntry stored;
  // The version follows from the content: the comparison below refuses the wrong one.
  if (!in.accept("{\"v\":1,\"type\":")) in.expect("{\"v\":2,\"type\":");
  stored.entry.type = in.string();
  in.expect(",\"at\":");
  stored.entry.at = instant_of(in.integer());
  in.expect(",\"actor\":");
  stored.entry.actor = actor(in);
  in.expect(",\"subject\":");
  stored.entry.subject = in.string();
  in.expect(",\"clauses\":");
  stored.entry.clauses = names(in);
  in.expect(",\"facts\":");
  stored.entry.facts = facts(in);
  in.expect(",\"result\":");
  stored.entry.result = in.string();
  person(in, stored);
  in.expect("}");
  if (in.failed() || !in.at_end()) return malformed(in.at());
  // Repeated names are refused by one rule, that of the encoder; the comparison also keeps the two from drifting apart.
  const auto again = encode(stored.entry, stored.commitments);
  if (!again || *again != bytes) return malformed(0);
  return stored;
}

}  // namespace khien::audit
