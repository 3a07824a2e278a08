// khien client add|list|remove: systems that sign in through OpenID Connect.
#include "cli/arguments.h"
#include "cli/context.h"
#include "cli/find.h"
#include "protocols/oidc/client_rules.h"

namespace khien::cli {
namespace {

using app::Installation;

struct ClientOptions {
  std::string name;
  std::string system;
  std::vector<std::string> redirect_uris;
  std::vector<std::string> post_logout_redirect_uris;
  std::string auth = "client_secret_basic";
  std::string alg = "RS256";
  std::string id;
  bool as_json = false;
};

void add(Context& context, const ClientOptions& options) {
  const auto opened = context.open(Installation::Mode::Change);
  if (!opened) return;
  const auto system = KHIEN_OR_FAIL(context, find_system(*opened->accounts().snapshot(), options.system));
  if (!system.behind_gate)
    return context.fail(Error::refused(Text::format(
        "Hệ thống {0} có trang đăng nhập riêng, không ở sau cổng Khiên. Điều này chưa đổi được sau khi khai: hãy khai "
        "một hệ thống mã khác bằng «khien system add MÃ TÊN --owner … --behind-gate».",
        "The system {0} has a sign-in page of its own and is not behind our gate. That cannot be changed yet once it "
        "is added: add a system of another code with `khien system add CODE NAME --owner … --behind-gate`.",
        system.code)));
  oidc::NewClient wanted;
  wanted.name = options.name.empty() ? system.name : options.name;
  wanted.system = system.id;
  wanted.redirect_uris = options.redirect_uris;
  wanted.post_logout_redirect_uris = options.post_logout_redirect_uris;
  wanted.alg = options.alg == "ES256" ? oidc::SigningAlg::ES256 : oidc::SigningAlg::RS256;
  wanted.auth_method = options.auth == "none"                 ? oidc::AuthMethod::None
                       : options.auth == "client_secret_post" ? oidc::AuthMethod::SecretPost
                                                              : oidc::AuthMethod::SecretBasic;
  const auto by = KHIEN_OR_FAIL(context, context.may(*opened, people::Act::ManageClients, people::About::whole()));
  const auto added = KHIEN_OR_FAIL(context, opened->clients().add(by.actor, wanted));
  if (options.as_json)
    return context.say(fmt::format(R"({{"client_id":{},"client_secret":{}}})", json_text(added.id.text()),
                                   json_text(added.secret.reveal())));
  context.say("client_id:     " + added.id.text());
  if (!added.secret.empty()) context.say("client_secret: " + std::string(added.secret.reveal()));
  context.remark({"Khóa bí mật chỉ hiện một lần này.", "The secret is shown only this once."});
}

void list(Context& context) {
  const auto opened = context.open(Installation::Mode::Read);
  if (!opened) return;
  const auto known = opened->accounts().snapshot();
  for (const auto& client : opened->clients().list()) {
    const auto* system = known->system(client.system);
    std::string uris;
    for (const auto& uri : client.redirect_uris) uris += " " + uri;
    context.say(fmt::format("{}  {:<24} {:<10}{}{}", client.id.text(), client.name,
                            system == nullptr ? "?" : system->code, client.disabled ? " (disabled)" : "", uris));
  }
}

void remove(Context& context, const ClientOptions& options) {
  const ClientId id = *ClientId::parse(options.id);  // as the option takes it
  const auto opened = context.open(Installation::Mode::Change);
  if (!opened) return;
  const auto by = KHIEN_OR_FAIL(context, context.may(*opened, people::Act::ManageClients, people::About::whole()));
  KHIEN_OR_FAIL(context, opened->clients().remove(by.actor, id));
}

}  // namespace

void add_client(CLI::App& app, Context& context) {
  auto* client = app.add_subcommand("client", "Hệ thống đăng nhập qua OpenID Connect / OpenID Connect clients");
  client->require_subcommand(1);
  auto options = std::make_shared<ClientOptions>();
  auto* adding = client->add_subcommand("add", "Thêm / add");
  adding->add_option("--system", options->system, "Mã hệ thống / code of the system")->required();
  adding->add_option("--redirect-uri", options->redirect_uris, "Địa chỉ nhận mã / redirect URI")->required();
  adding->add_option("--post-logout-redirect-uri", options->post_logout_redirect_uris,
                     "Địa chỉ về sau khi đăng xuất / where to go after signing out");
  adding->add_option("--name", options->name, "Tên hiển thị / name shown");
  adding->add_option("--auth", options->auth, "Cách hệ thống tự xác thực / how the client authenticates")
      ->check(one_of(context, {"client_secret_basic", "client_secret_post", "none"}));
  adding->add_option("--alg", options->alg, "Thuật toán ký / signature algorithm")
      ->check(one_of(context, {"RS256", "ES256"}));
  adding->add_flag("--json", options->as_json, "In JSON / print JSON");
  adding->callback([&context, options] { add(context, *options); });
  client->add_subcommand("list", "Liệt kê / list")->callback([&context] { list(context); });
  auto* removing = client->add_subcommand("remove", "Xóa / remove");
  removing->add_option("CLIENT_ID", options->id, "Mã của kết nối / id of the client")
      ->required()
      ->check(id_of(context, {"xem «khien client list»", "see \"khien client list\""}));
  removing->callback([&context, options] { remove(context, *options); });
}

}  // namespace khien::cli
