#include "base/yaml.h"

#include <yaml-cpp/eventhandler.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "base/characters.h"

namespace khien {
namespace {

/// Follows the events of the parser and notes keys that stand twice in one map.
class KeyWatch final : public YAML::EventHandler {
 public:
  KeyWatch(const std::string& file, std::vector<Error>& problems) : file_(file), problems_(problems) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    open_.clear();
    if (++documents_ == 2)
      problems_.push_back(Error::invalid({"Ở đây bắt đầu một tài liệu YAML thứ hai; mỗi tệp chỉ được có một.",
                                          "A second YAML document begins here; a file holds one."})
                              .at(place_of(file_, mark)));
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& /*mark*/, YAML::anchor_t /*anchor*/) override { next_node(); }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    if (!has_alias_)
      problems_.push_back(Error::invalid({"Không dùng bí danh (*tên) của YAML; hãy ghi lại giá trị.",
                                          "Aliases (*name) of YAML are not taken; write the value again."})
                              .at(place_of(file_, mark)));
    has_alias_ = true;
    next_node();
  }
  void OnScalar(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                const std::string& value) override {
    if (next_node()) note_key(mark, value);
  }
  void OnSequenceStart(const YAML::Mark& /*mark*/, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                       YAML::EmitterStyle::value /*style*/) override {
    next_node();
    open_.push_back({});
  }
  void OnSequenceEnd() override { open_.pop_back(); }
  void OnMapStart(const YAML::Mark& /*mark*/, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                  YAML::EmitterStyle::value /*style*/) override {
    next_node();
    open_.push_back({.is_map = true});
  }
  void OnMapEnd() override { open_.pop_back(); }

  [[nodiscard]] bool has_alias() const { return has_alias_; }
  [[nodiscard]] bool has_second_document() const { return documents_ > 1; }

 private:
  struct Collection {
    bool is_map = false;
    bool is_key = false;  ///< of the node seen last
    std::map<std::string, std::size_t> lines = {};
  };

  /// True if the node that begins is a key of the map around it.
  bool next_node() {
    if (open_.empty() || !open_.back().is_map) return false;
    open_.back().is_key = !open_.back().is_key;
    return open_.back().is_key;
  }

  void note_key(const YAML::Mark& mark, const std::string& key) {
    if (documents_ > 1) return;
    const Place place = place_of(file_, mark);
    const auto [first, fresh] = open_.back().lines.try_emplace(key, place.line);
    if (fresh) return;
    problems_.push_back(
        Error::invalid(Text::format("Khóa «{0}» đã có ở dòng {1}; mỗi khóa chỉ được ghi một lần.",
                                    "The key \"{0}\" stands in line {1} already; a key may stand only once.",
                                    utf8_of(code_points(key).substr(0, kShownKey)), first->second))
            .at(place));
  }

  static constexpr std::size_t kShownKey = 60;
  const std::string& file_;
  std::vector<Error>& problems_;
  std::size_t documents_ = 0;
  bool has_alias_ = false;
  std::vector<Collection> open_;
};

}  // namespace

Place place_of(const std::string& file, const YAML::Mark& mark) {
  return {file, static_cast<std::size_t>(std::max(mark.line, -1) + 1)};
}

std::optional<YAML::Node> load_yaml(std::string_view yaml, const std::string& file, std::vector<Error>& problems) {
  try {
    std::istringstream in{std::string(yaml)};
    YAML::Parser parser(in);
    KeyWatch watch(file, problems);
    // A second document is refused, so none is read after it: from `,name: "K` the parser would make empty ones
    // forever.
    while (!watch.has_second_document() && parser.HandleNextDocument(watch)) {
    }
    if (watch.has_alias()) return std::nullopt;  // a small file could stand for a very large one
    return YAML::Load(std::string(yaml));
  } catch (const YAML::Exception& error) {
    problems.push_back(Error::invalid({"YAML sai cú pháp ở đây.", "The YAML is malformed here."}, error.msg)
                           .at(place_of(file, error.mark)));
    return std::nullopt;
  }
}

}  // namespace khien
