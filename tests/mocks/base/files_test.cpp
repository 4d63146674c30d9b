#include "mocks/base/files.hpp"

#include <fmt/format.h>
#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <string>

// Files in base64, and the PDFs of our own making.

using namespace atrapa::mocks::base;

TEST_CASE("Bytes come back from base64 as they went in, with or without line breaks",
          "[base][files][property]") {
  CHECK(rc::check("any bytes", [] {
    const auto bytes = *rc::gen::nonEmpty(rc::gen::arbitrary<std::string>());
    std::string text = in_base64(bytes);
    RC_ASSERT(text.size() == (bytes.size() + 2) / 3 * 4);
    RC_ASSERT(out_of_base64(text) == bytes);
    RC_ASSERT(sent_file("data:" + text) == bytes);
    RC_ASSERT(sent_file("data:application/pdf;base64," + text) == bytes);
    text.insert(text.size() / 2, "\r\n");
    RC_ASSERT(out_of_base64(text) == bytes);
  }));
}

TEST_CASE("Base64 has a published value for each length of its last group", "[base][files]") {
  CHECK(in_base64("f") == "Zg==");  // RFC 4648, section 10
  CHECK(in_base64("fo") == "Zm8=");
  CHECK(in_base64("foo") == "Zm9v");
  CHECK(out_of_base64("Zm9vYg==") == "foob");
  CHECK_FALSE(out_of_base64("Zg="));
  CHECK_FALSE(out_of_base64("Z==="));
  CHECK_FALSE(out_of_base64("Zg=a"));
  CHECK_FALSE(out_of_base64("-_=="));
}

TEST_CASE("A PDF's table of places names where each of its objects begins", "[base][files]") {
  CHECK(rc::check("any lines", [] {
    const auto lines = *rc::gen::arbitrary<std::vector<std::string>>();
    const std::string pdf = small_pdf(lines);
    RC_ASSERT(is_pdf(pdf));
    RC_ASSERT(pdf.ends_with("%%EOF\n"));
    const std::size_t named = pdf.rfind("startxref\n");
    const std::size_t table = std::stoul(pdf.substr(named + 10));
    RC_ASSERT(pdf.compare(table, 7, "xref\n0 ") == 0);
    const int count = std::stoi(pdf.substr(table + 7));
    const std::size_t first = pdf.find('\n', table + 7) + 1;
    for (int object = 1; object < count; ++object) {
      const std::size_t at = std::stoul(pdf.substr(first + 20 * static_cast<std::size_t>(object)));
      const std::string begins = fmt::format("{} 0 obj\n", object);
      RC_ASSERT(pdf.compare(at, begins.size(), begins) == 0);
    }
  }));
}

TEST_CASE("A PDF keeps Polish letters and what would end its texts", "[base][files]") {
  const std::string pdf = small_pdf({"Łąka (5 \\ 3)", "日"});
  CHECK(pdf.find("(\\206\\201ka \\(5 \\\\ 3\\)) Tj") != std::string::npos);
  CHECK(pdf.find("(?) Tj") != std::string::npos);
  CHECK(pdf.find("/Aogonek /aogonek") != std::string::npos);
}
