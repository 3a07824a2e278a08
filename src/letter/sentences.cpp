#include "letter/sentences.h"

#include <algorithm>

#include "letter/clauses.h"
#include "letter/groups.h"
#include "letter/intent.h"
#include "letter/split_groups.h"

namespace khien::letter {
namespace {

constexpr std::size_t kMostWords = 300;  // a longer sentence is cut: every rule stays linear in the letter
constexpr std::size_t kMostContext = 600;

bool is_abbreviation(const Token& token) {
  static const Patterns known{"tp|tx|tt|pgs|gs|ts|ths|bs|đ c|q|p|tm|kt|tl|st|vd|tr|gv|hs"};
  return token.capital && token.fold.size() <= 3 && known.in(Tokens(&token, 1));
}

std::vector<std::vector<Token>> split_sentences(const std::vector<Token>& tokens) {
  std::vector<std::vector<Token>> out(1);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    const bool stop =
        i > 0 && token.after(kStop) && token.after(kBlank) && token.capital && !is_abbreviation(tokens[i - 1]);
    if (!out.back().empty() && (stop || out.back().size() >= kMostWords)) out.emplace_back();
    out.back().push_back(token);
  }
  return out;
}

/// What the items above say about those below.
struct Frame {
  bool background = false;
  bool reported = false;   ///< below "… báo cáo như sau"
  bool prohibits = false;  ///< below "Những điều không được làm"
  bool rules = false;      ///< below "Quy định …", "Yêu cầu …" as a heading
  bool proposes = false;   ///< below "Đề xuất, kiến nghị" of a report
  Strength strength = Strength::Must;
  std::optional<std::string> group;
  Context context;
  Context before;  ///< of the headings above
};

class Reader {
 public:
  Reader(const Source& source, const std::vector<Block>& blocks, Genre genre)
      : source_(source), blocks_(blocks), genre_(genre), frames_(blocks.size()) {
    for (std::size_t i = 0; i < blocks.size() && lead_ == blocks.size(); ++i)
      if (is_lead(i)) lead_ = i;
  }

  Result<Asked> read() {
    for (std::size_t i = 0; i < blocks_.size(); ++i) TRY(read_block(i));
    return std::move(out_);
  }

 private:
  /// A request behind which the items follow.
  bool is_lead(std::size_t i) const {
    const Block& block = blocks_[i];
    if (!block.marker.empty()) return true;
    if (!block.heading || block.tokens.empty()) return false;
    const auto sentences = split_sentences(block.tokens);
    return request_verb(sentences.back()).has_value();
  }

  Result<void> read_block(std::size_t i) {
    const Block& block = blocks_[i];
    Frame& frame = frames_[i];
    if (block.parent) frame = frames_[*block.parent];
    if (block.marker.empty() && !block.parent && !block.heading) frame = {};
    if (block.heading && (is_background_heading(block.tokens) || begins_findings(block.tokens)))
      frame.background = true;
    if (block.heading && proposes(block.tokens)) frame.proposes = true;
    if (block.heading && prohibits(block.tokens)) frame.prohibits = true;
    if (block.heading && sets_rules(block.tokens)) frame.rules = true;
    if (frame.background) {
      for (auto& tokens : split_sentences(block.tokens)) pass_over(std::move(tokens), frame.context, Why::Background);
      return {};
    }
    std::vector<Token> whole = block.tokens;
    if (block.parent && frames_[*block.parent].prohibits) put_not_before(whole);
    for (auto& aside : drop_asides(whole)) pass_over(std::move(aside), frame.context, Why::Quoted);
    Context context = frame.context;
    for (auto& tokens : split_sentences(whole)) {
      auto asked = what_is_asked(i, std::move(tokens), context);
      if (asked.empty()) continue;
      context = context.with(asked);
      for (GroupPart& part : split_groups(std::move(asked))) TRY(add(i, std::move(part), context));
    }
    if (block.heading && begins_report(block.tokens)) frame.reported = true;
    if (block.heading || !block.marker.empty()) frame.context = std::move(context);
    if (block.heading) frame.before = followed_by(frame.before, block.tokens);
    return {};
  }

  /// "IV. Đề xuất, kiến nghị"; not "Kết quả giải quyết kiến nghị".
  static bool proposes(Tokens heading) {
    static const Patterns named{"đề nghị", "kiến nghị", "đề xuất"};
    static const Patterns done{"(kết quả|tiếp thu|giải quyết|thực hiện|xử lý|trả lời) ~6 (kiến nghị|đề nghị|đề xuất)"};
    return named.in(heading) && !done.in(heading);
  }

  /// "Các hành vi bị nghiêm cấm", "Tuyệt đối không:"
  static bool prohibits(Tokens heading) {
    static const Patterns named{
        "(những|các) ~1 (điều|việc|hành vi|nội dung) ~2 (không được|nghiêm cấm|cấm|tuyệt đối không)"};
    static const Pattern end("(không được|nghiêm cấm|tuyệt đối không|cấm|không) [làm|thực hiện]");
    if (named.in(heading)) return true;
    const std::size_t size = heading.size();
    for (std::size_t back = 1; back <= 4 && back <= size; ++back)
      if (const auto match = end.match_at(heading, size - back); match && match->end == size) return true;
    return false;
  }

  /// An item below such a heading says what is forbidden: "Cho người khác dùng tài khoản" is read as "Không cho …".
  static void put_not_before(std::vector<Token>& tokens) {
    static const Patterns denied{"^ {not}", "^ tự ý"};
    if (tokens.empty() || denied.in(tokens)) return;
    Token word = tokenise("không").front();
    word.range = tokens.front().range;
    word.before = tokens.front().before;
    tokens.front().before = kBlank;
    tokens.insert(tokens.begin(), std::move(word));
  }

  static bool sets_rules(Tokens heading) {
    static const Patterns named{"quy định",  "nội quy",   "yêu cầu",  "hướng dẫn", "lưu ý",  "nguyên tắc",
                                "biện pháp", "giải pháp", "nhiệm vụ", "phải",      "quy tắc"};
    return named.in(heading);
  }

  /// The words with more that begin a statement of their own.
  static Context followed_by(const Context& words, std::vector<Token> more) {
    if (!more.empty()) more.front().before |= kStop;
    return words.with(more);
  }

  void pass_over(std::vector<Token> tokens, const Context& context, Why why) {
    if (!tokens.empty()) out_.passed.push_back({std::move(tokens), context, why});
  }

  /// The part of a sentence that the issuer asks for; empty if none.
  std::vector<Token> what_is_asked(std::size_t i, std::vector<Token> tokens, const Context& context) {
    if (tokens.empty()) return {};
    const auto pass = [&](Why why) {
      pass_over(std::move(tokens), context, why);
      return std::vector<Token>();
    };
    const auto ask_from = [&](std::size_t verb) {
      const auto begin = tokens.begin() + static_cast<std::ptrdiff_t>(verb);
      front_ = {tokens.begin(), begin};
      pass_over(front_, context, Why::Background);
      tokens.erase(tokens.begin(), begin);
      return std::move(tokens);
    };
    implied_ = false;
    front_.clear();
    if (genre_ == Genre::Record) return pass(Why::Recorded);
    if (is_background(tokens)) {
      const auto turn = turns_to_now(tokens);
      if (!turn) return pass(Why::Background);
      asked_ = true;  // "trước đây 6 tháng, nay 3 tháng": what holds now is asked
      return ask_from(*turn);
    }
    if (begins_report(tokens)) return pass(Why::Reported);
    const bool item = !blocks_[i].marker.empty() || blocks_[i].row;
    if (genre_ == Genre::Report || frames_[i].reported) {
      if (const auto verb = proposal_verb(tokens)) return ask_from(*verb);
      return item && frames_[i].proposes ? std::move(tokens) : pass(Why::Reported);
    }
    const auto verb = request_verb(tokens);
    if (verb) told_ = true;
    // Without a word of asking it is the kind of paper that asks: a notice or rules, never a mere note.
    const bool bare = !told_ && !has_duty(tokens) && names_a_state(tokens);
    if (bare && item && genre_ == Genre::Plain && !frames_[i].rules) return pass(Why::NoOrder);
    implied_ = bare;
    if (!asked_ && !item) {
      if (verb) {
        asked_ = true;
        return ask_from(*verb);
      }
      if (genre_ == Genre::Rules && (has_duty(tokens) || !tells_a_fact(tokens))) return tokens;
      if (i < lead_ && lead_ < blocks_.size()) return pass(Why::NoOrder);
      if (!has_duty(tokens)) return pass(Why::NoOrder);
      return tokens;
    }
    if (verb || item) asked_ = true;
    // A later preamble ("Để khắc phục …, Sở yêu cầu …") only asks from its verb on.
    static const Pattern purpose("^ (để|nhằm|căn cứ|thực hiện|xét|trước|do|tiếp theo|trên cơ sở)");
    if (verb && !item && purpose.in(Tokens(tokens))) return ask_from(*verb);
    return tokens;
  }

  /// "Mật khẩu 8 ký tự trở lên": a state, not an act; whether it is asked depends on the paper.
  static bool names_a_state(Tokens sentence) {
    static const Pattern noun(
        "^ [các|mọi|mỗi] ({password}|{account}|{machine}|{software}|{mail}|{storage}|hệ thống|độ dài)");
    static const Patterns denied{"{not}"};
    return noun.in(sentence) && !denied.in(sentence);
  }

  /// What has happened or is so, in a notice.
  static bool tells_a_fact(Tokens sentence) {
    static const Patterns fact{
        "đã", "đang", "vừa", "sẽ", "bị", "hiện", "hiện nay", "từng", "qua ~1 (kiểm tra|rà soát)"};
    return fact.in(sentence);
  }

  /// The words before the colon that row_sentence sets.
  static std::optional<Match> first_cell(Tokens row) {
    for (std::size_t at = 1; at < row.size(); ++at)
      if (row[at].after(kColon)) return Match{0, at};
    return std::nullopt;
  }

  std::string words_of(Tokens words, Match match) const {
    return std::string(source_.in(range_of(words.subspan(match.begin, match.end - match.begin))));
  }

  Result<void> add(std::size_t i, GroupPart part, const Context& context) {
    Frame& frame = frames_[i];
    std::vector<Token>& tokens = part.tokens;
    if (blocks_[i].row && !part.group) part.group = first_cell(tokens);
    Sentence sentence;
    sentence.item = blocks_[i].id;
    sentence.heading = blocks_[i].heading;
    sentence.implied = implied_;
    sentence.clauses = split_clauses(tokens, frame.strength);
    sentence.tokens = std::move(tokens);
    sentence.context = context;
    sentence.before = followed_by(frame.before, front_);
    pass_over_waived(sentence);
    clauses_ += std::max<std::size_t>(sentence.clauses.size(), 1);
    if (clauses_ > kMostClauses)
      return Failure(Error::invalid(Text::format(
          "Văn bản có quá nhiều yêu cầu (hơn {0}); hãy tách ra rồi đọc từng phần.",
          "The letter asks for too much (more than {0} clauses); split it and read each part.", kMostClauses)));
    if (names_everybody(sentence.tokens)) frame.group.reset();
    for (Clause& clause : sentence.clauses) {
      const Tokens words = sentence.words(clause);
      if (const auto group = group_at_front(words)) frame.group = words_of(words, *group);
      clause.group = part.group ? words_of(sentence.tokens, *part.group) : frame.group;
    }
    const bool lead = blocks_[i].heading && sentence.tokens.size() <= 60;
    if (lead && !sentence.clauses.empty()) frame.strength = sentence.clauses.back().strength;
    out_.sentences.push_back(std::move(sentence));
    return {};
  }

  /// What the clauses leave out of a sentence.
  void pass_over_waived(const Sentence& sentence) {
    std::size_t from = 0;
    const auto pass = [&](std::size_t begin, std::size_t end) {
      const auto words = Tokens(sentence.tokens).subspan(begin, end - begin);
      pass_over({words.begin(), words.end()}, sentence.context, Why::Waived);
    };
    for (const Clause& clause : sentence.clauses) {
      pass(from, clause.begin);
      from = clause.end;
    }
    pass(from, sentence.tokens.size());
  }

  const Source& source_;
  const std::vector<Block>& blocks_;
  Genre genre_;
  std::vector<Frame> frames_;
  std::size_t lead_ = blocks_.size();  ///< the first item, or the request before it
  bool asked_ = false;
  bool told_ = false;         ///< a verb of asking has stood somewhere
  bool implied_ = false;      ///< of the sentence that is being read
  std::vector<Token> front_;  ///< of that sentence, before the verb that asks
  std::size_t clauses_ = 0;
  Asked out_;
};

}  // namespace

Context Context::with(Tokens more) const {
  more = more.first(std::min(more.size(), kMostContext - size_));
  Context longer = *this;
  if (more.empty()) return longer;
  if (!words_ || words_->size() != size_) {
    const Tokens mine = words();
    longer.words_ = std::make_shared<std::vector<Token>>(mine.begin(), mine.end());
  }
  longer.words_->insert(longer.words_->end(), more.begin(), more.end());
  longer.size_ += more.size();
  return longer;
}

Result<Asked> asked_sentences(const Source& source, const std::vector<Block>& blocks, Genre genre) {
  return Reader(source, blocks, genre).read();
}

}  // namespace khien::letter
