// The table of requests.
#pragma once

#include "people/requests.h"
#include "store/store.h"

namespace khien::people {

std::int64_t next_request_number(store::Reader& reader);
void insert_request(store::Transaction& transaction, const Request& request, const std::string& payload_sealed);
/// State, who decided and when, reason, end. Once the state is final the files go.
void update_request(store::Transaction& transaction, const Request& request);
std::optional<Request> load_request(store::Reader& reader, const RequestId& id);
std::optional<RequestId> find_request(store::Reader& reader, std::int64_t number);
/// Newest first.
std::vector<Request> load_requests(store::Reader& reader, bool waiting_only);
std::vector<Request> load_expired(store::Reader& reader, Instant now);
std::string load_payload(store::Reader& reader, const RequestId& id);
/// What a person proposed or decided names that person by id only; free text goes.
void erase_request_words(store::Transaction& transaction, const PersonId& person);

}  // namespace khien::people
