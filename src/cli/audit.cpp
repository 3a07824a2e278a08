// khien audit verify|show|prove|checkpoint.
#include "audit/generation.h"
#include "audit/notes.h"
#include "audit/prove.h"
#include "audit/show.h"
#include "audit/verify.h"
#include "base/digest.h"
#include "cli/arguments.h"
#include "cli/context.h"
#include "cli/find.h"
#include "cli/log_names.h"

namespace khien::cli {
namespace {

using app::Installation;

constexpr std::size_t kMostKept = std::size_t{64} << 20;

struct AuditOptions {
  std::vector<std::string> against;
  std::string key;
  std::string type;
  std::string subject;
  std::string about;
  std::optional<std::uint64_t> from;
  std::uint64_t limit = 100;
  bool as_json = false;
  std::optional<std::uint64_t> leaf;
  std::vector<std::uint64_t> sizes;
};

/// The key that signs checkpoints of this installation.
Result<audit::VerifierKey> own_key(Installation& opened) {
  const auto generation = TRY(
      opened.store().read([](store::Reader& reader) -> Result<std::uint64_t> { return audit::generation(reader); }));
  return audit::VerifierKey{audit::origin_of(opened.id(), generation),
                            ed25519_public(opened.keys().current(store::Purpose::Log).bytes)};
}

void verify(Context& context, const AuditOptions& options) {
  const auto opened = context.open(Installation::Mode::Read);
  if (!opened) return;
  audit::VerifyOptions wanted;
  wanted.keyring = &opened->keys();
  if (options.key.empty())
    wanted.keys = {KHIEN_OR_FAIL(context, own_key(*opened))};
  else
    wanted.keys = {KHIEN_OR_FAIL(context, audit::parse_verifier_key(options.key))};
  for (const auto& file : options.against) {
    const std::string text = KHIEN_OR_FAIL(context, context.read_file(file, kMostKept));
    const auto notes = audit::notes_in(text);
    if (notes.empty())
      return context.fail(Error::invalid(
          Text::format("Tệp {0} không có điểm kiểm tra nào.", "There is no checkpoint in the file {0}.", file)));
    for (std::size_t i = 0; i < notes.size(); ++i)
      wanted.against.push_back({notes.size() == 1 ? file : file + " #" + std::to_string(i + 1), notes[i]});
  }
  const auto report = KHIEN_OR_FAIL(
      context, opened->store().read([&](store::Reader& reader) { return audit::verify(reader, wanted); }));
  context.say(audit::summary_of(report).in(context.language));
  if (!options.against.empty())
    context.say(
        context.in(Text::format("  Khớp {0} trong {1} điểm kiểm tra lưu ở nơi khác.",
                                "  {0} of {1} checkpoints kept elsewhere agree.", report.kept, wanted.against.size())));
  for (const auto& note : report.notes) context.say("  " + note.in(context.language));
  if (!report.passed()) context.status = 1;
}

Result<audit::EntryQuery> query_of(Installation& opened, const AuditOptions& options) {
  const auto named = [&](const std::string& name) {
    return find_named(*opened.accounts().snapshot(), *opened.credentials().snapshot(), *opened.people().snapshot(),
                      *opened.directives().snapshot(), name);
  };
  audit::EntryQuery query;
  query.from_leaf = options.from.value_or(0);
  query.type_prefix = options.type;
  query.limit = options.limit;
  if (!options.subject.empty()) query.subjects = TRY(named(options.subject)).subjects;
  if (!options.about.empty()) query.about = TRY(named(options.about)).ids;
  return query;
}

void show(Context& context, const AuditOptions& options) {
  const auto opened = context.open(Installation::Mode::Read);
  if (!opened) return;
  auto query = KHIEN_OR_FAIL(context, query_of(*opened, options));
  bool found = false;
  const LogNames names(*opened);
  const audit::NameOf name_of = [&](std::string_view id, Instant at) { return names.name_of(id, at); };
  KHIEN_OR_FAIL(context, opened->store().read([&](store::Reader& reader) {
    if (!options.from) query.from_leaf = audit::first_of_newest(reader, query);
    return audit::each_shown(reader, query, nullptr, [&](const audit::ShownEntry& entry) {
      found = true;
      context.say(options.as_json ? audit::json_line(entry) : audit::human_line(entry, context.language, name_of));
    });
  }));
  // Whoever asks about somebody must not take a slip for innocence.
  if (!found && !(query.subjects.empty() && query.about.empty()))
    context.fail(Error::not_found({"Không có mục nào như vậy trong nhật ký.", "The log has no such entry."}));
}

void prove(Context& context, const AuditOptions& options) {
  const auto opened = context.open(Installation::Mode::Read);
  if (!opened) return;
  const std::string proof = KHIEN_OR_FAIL(context, opened->store().read([&](store::Reader& reader) {
    return options.leaf ? audit::inclusion_json(reader, *options.leaf)
                        : audit::consistency_json(reader, options.sizes[0], options.sizes[1]);
  }));
  context.say(proof);
}

void key(Context& context) {
  const auto opened = context.open(Installation::Mode::Read);
  if (!opened) return;
  const auto own = KHIEN_OR_FAIL(context, own_key(*opened));
  context.say(audit::text_of(own));
}

}  // namespace

void add_audit(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand("audit", "Nhật ký minh chứng / the evidence log");
  command->require_subcommand(1);
  auto options = std::make_shared<AuditOptions>();
  auto* verifying = command->add_subcommand("verify", "Kiểm tra toàn bộ / check everything");
  verifying->add_option(
      "--against", options->against,
      "Tệp điểm kiểm tra lưu ở nơi khác, một tệp có thể có nhiều / file of checkpoints kept elsewhere");
  verifying->add_option("--key", options->key, "Khóa kiểm tra lưu ở nơi khác / verifier key kept elsewhere");
  verifying->callback([&context, options] { verify(context, *options); });
  auto* showing = command->add_subcommand("show", "Xem mục nhật ký / show entries");
  showing->add_option("--from", options->from, "Từ số, về sau / from this leaf onwards")->check(whole_number(context));
  showing
      ->add_option("--limit", options->limit, "Số mục: mới nhất, hoặc kể từ --from / entries: newest, or after --from")
      ->check(whole_number(context));
  showing->add_option("--type", options->type, "Loại, ví dụ password. / type prefix");
  showing->add_option("--subject", options->subject,
                      "Đối tượng: tên đăng nhập, mã cán bộ, TÊN@HỆ-THỐNG, mã chỉ đạo, loại/mã số / whom it is done to: "
                      "login, staff code, USER@SYSTEM, directive, kind/ID");
  showing->add_option("--about", options->about,
                      "Mọi mục nhắc đến, cùng các tên ấy / every entry that names it, by the same names");
  showing->add_flag("--json", options->as_json, "Nguyên văn từng mục / the exact bytes of each");
  showing->callback([&context, options] { show(context, *options); });
  auto* proving = command->add_subcommand("prove",
                                          "Chứng minh một mục có trong nhật ký, hoặc nhật ký chỉ thêm / prove that an "
                                          "entry is in the log, or that it only grew");
  auto* what = proving->add_option_group("chứng minh / proof");
  what->add_option("--leaf", options->leaf, "Mục số N có trong nhật ký / entry N is in the log")
      ->check(whole_number(context));
  what->add_option("--sizes", options->sizes,
                   "Nhật ký M mục nối dài nhật ký N mục / the log of M entries extends that of N")
      ->expected(2)
      ->check(whole_number(context));
  what->require_option(1);
  proving->callback([&context, options] { prove(context, *options); });
  command->add_subcommand("key", "In khóa kiểm tra để cất nơi khác / print the verifier key")->callback([&context] {
    key(context);
  });
}

}  // namespace khien::cli
