// khien letter read: header and proposed controls of an official letter.
#include "letter/draft.h"
#include "letter/json.h"
#include "letter/read.h"
#include "letter/show.h"

#include "base/characters.h"
#include "cli/context.h"

namespace khien::cli {
namespace {

struct LetterOptions {
  std::string file;
  bool as_json = false;
  bool as_draft = false;
};

void read_letter(Context& context, const LetterOptions& options) {
  const std::string bytes = KHIEN_OR_FAIL(context, context.read_file(options.file, 16U << 20));
  auto reading = letter::read(bytes);
  if (!reading) {
    Error error = std::move(reading).error();
    Place place = error.place().value_or(Place{});
    place.file = options.file;
    return context.fail(std::move(error).at(place));
  }
  if (options.as_json)
    context.terminal.out(letter::to_json(*reading));
  else if (options.as_draft)
    context.terminal.out(letter::to_draft(*reading));
  else
    context.terminal.out(printable(letter::show(*reading, context.language)));
}

}  // namespace

void add_letter(CLI::App& app, Context& context) {
  auto* letter = app.add_subcommand("letter", "Công văn / letters");
  letter->require_subcommand(1);
  auto* read =
      letter->add_subcommand("read", "Đọc công văn thành các biện pháp đề xuất / read a letter into proposed controls");
  auto options = std::make_shared<LetterOptions>();
  read->add_option("FILE", options->file, "Tệp văn bản UTF-8 / UTF-8 text")->required();
  read->add_flag("--json", options->as_json, "In JSON / print JSON");
  read->add_flag("--draft", options->as_draft, "In bản nháp chỉ đạo (YAML) / print the draft of a directive (YAML)");
  read->callback([&context, options] { read_letter(context, *options); });
}

}  // namespace khien::cli
