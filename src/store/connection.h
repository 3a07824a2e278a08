// One SOCI session with its prepared statements; inside store/ only.
#pragma once

#include <soci/soci.h>

#include <map>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>

#include "store/store.h"

namespace khien::store {

/// The database failed or was asked something senseless; never shown to a peer.
class DatabaseError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class PreparedStatement;

/// Not thread-safe: one thread at a time.
class Connection {
 public:
  Connection(const soci::backend_factory& factory, const std::string& parameters);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void each(const Sql& sql, std::span<const Value> parameters, const RowCallback& callback);
  std::int64_t execute(const Sql& sql, std::span<const Value> parameters);
  /// Runs a statement without parameters or result, not cached.
  void run(const std::string& sql);

  [[nodiscard]] soci::session& session() { return session_; }

 private:
  PreparedStatement& prepared(const Sql& sql, std::span<const Value> parameters);

  soci::session session_;
  /// Key: the address of the text, and one letter per parameter for its type.
  std::map<std::pair<const char*, std::string>, std::unique_ptr<PreparedStatement>> statements_;
};

/// Reader and Transaction over a Connection.
class ConnectionTransaction final : public Transaction {
 public:
  explicit ConnectionTransaction(Connection& connection) : connection_(connection) {}
  void each_of(const Sql& sql, std::span<const Value> parameters, const RowCallback& callback) override {
    connection_.each(sql, parameters, callback);
  }
  std::int64_t execute_with(const Sql& sql, std::span<const Value> parameters) override {
    return connection_.execute(sql, parameters);
  }

 private:
  Connection& connection_;
};

}  // namespace khien::store
