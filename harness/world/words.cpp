#include "harness/world/words.hpp"

namespace atrapa::harness::words {
namespace {

using Words = std::string_view;

constexpr Words kHoney[] = {"Miód lipowy",       "Miód gryczany",           "Miód akacjowy",
                            "Miód rzepakowy",    "Miód spadziowy",          "Powidła śliwkowe",
                            "Konfitura z wiśni", "Dżem z czarnej porzeczki"};
constexpr Words kFlour[] = {"Mąka pszenna",   "Mąka żytnia",       "Mąka orkiszowa",
                            "Kasza jaglana",  "Kasza gryczana",    "Kasza pęczak",
                            "Płatki owsiane", "Soczewica czerwona"};
constexpr Words kSpices[] = {
    "Pieprz czarny",      "Papryka wędzona",  "Majeranek otarty", "Cynamon mielony",
    "Gałka muszkatołowa", "Ziele angielskie", "Liść laurowy",     "Kminek"};
constexpr Words kCoffee[] = {"Kawa Brazylia", "Kawa Etiopia", "Kawa Kolumbia",
                             "Kawa Kenia",    "Kawa zbożowa", "Kawa bezkofeinowa"};
constexpr Words kTea[] = {"Herbata czarna", "Herbata zielona", "Herbata różana",
                          "Rumianek",       "Mięta pieprzowa", "Czystek"};
constexpr Words kPottery[] = {"Kubek ceramiczny", "Miska gliniana",      "Talerz kamionkowy",
                              "Wazon szkliwiony", "Dzbanek porcelanowy", "Cukiernica"};
constexpr Words kCandles[] = {"Świeca sojowa", "Świeca z wosku pszczelego", "Świeca żłobiona",
                              "Lampion szklany", "Świecznik żeliwny"};
constexpr Words kFabrics[] = {"Len bielony", "Bawełna w kwiaty", "Wełna czesankowa", "Żakard",
                              "Dżins",       "Płótno żeglarskie"};
constexpr Words kSets[] = {"Zestaw do kawy", "Zestaw do herbaty", "Zestaw misek", "Zestaw świec"};
constexpr Words kBooks[] = {"Chleb na zakwasie",      "Kiszonki przez cały rok",
                            "Pierogi, sto przepisów", "Wędzenie w domu",
                            "Słodka kuchnia",         "Zupy na każdą porę"};
constexpr Words kCourses[] = {"Warsztaty pieczenia chleba", "Warsztaty garncarskie", "Kurs tkacki",
                              "Kurs zielarski"};
constexpr Words kVouchers[] = {"Bon podarunkowy", "Bon na warsztaty"};
constexpr Words kDonations[] = {"Paczka żywnościowa, darowizna", "Paczka szkolna, darowizna"};

constexpr Shelf kFood[] = {
    {"Miody i przetwory", "MIO", "5", "szt.", 1290, 6990, kHoney},
    {"Mąki i kasze", "MAK", "5", "kg", 390, 1990, kFlour},
    {"Przyprawy", "PRZ", "8", "szt.", 350, 1890, kSpices},
};
constexpr Shelf kDrinks[] = {
    {"Kawa", "KAW", "23", "szt.", 1990, 12900, kCoffee},
    {"Herbaty i zioła", "HER", "23", "szt.", 690, 4590, kTea},
};
constexpr Shelf kHome[] = {
    {"Ceramika", "CER", "23", "szt.", 1990, 24900, kPottery},
    {"Świece", "SWI", "23", "szt.", 990, 8900, kCandles},
    {"Tkaniny na metry", "TKA", "23", "m", 1490, 9900, kFabrics},
    {"Zestawy", "ZES", "23", "zestaw", 5900, 39900, kSets},
};
constexpr Shelf kCulture[] = {
    {"Książki kucharskie", "KSI", "5", "szt.", 2490, 8990, kBooks},
    {"Warsztaty", "WAR", "zw", "szt.", 9900, 45000, kCourses},
    {"Bony", "BON", "np", "szt.", 5000, 50000, kVouchers},
    {"Darowizny", "DAR", "0", "szt.", 2000, 15000, kDonations},
};

constexpr Department kDepartments[] = {
    {"Żywność", kFood},
    {"Napoje", kDrinks},
    {"Dom i ogród", kHome},
    {"Książki i warsztaty", kCulture},
};

constexpr Words kFirstNames[] = {
    "Jan",       "Anna",  "Zofia",  "Łukasz",  "Małgorzata", "Święcisław", "Ewa",      "Michał",
    "Agnieszka", "Józef", "Żaneta", "Grażyna", "Paweł",      "Elżbieta",   "Wojciech", "Róża"};
constexpr Words kLastNames[] = {"Testowicz", "Przykład",   "Wzorzec",   "Zmyślon",     "Próba",
                                "Makieta",   "Atrapowicz", "Fikcja",    "Niebyłowicz", "Pozór",
                                "Kopia",     "Szkic",      "Żartownik", "Ćwiczenie"};
constexpr Words kStreets[] = {"Zmyślona", "Przykładowa", "Wzorcowa",         "Nieistniejąca",
                              "Próbna",   "Niewiadoma",  "Źródlana Testowa", "Ślepa Makiety"};
constexpr City kCities[] = {{"Gdańsk", "80"},    {"Kraków", "30"},  {"Łódź", "90"},
                            {"Poznań", "60"},    {"Wrocław", "50"}, {"Rzeszów", "35"},
                            {"Białystok", "15"}, {"Szczecin", "70"}};

}  // namespace

std::span<const Department> departments() { return kDepartments; }
std::span<const std::string_view> first_names() { return kFirstNames; }
std::span<const std::string_view> last_names() { return kLastNames; }
std::span<const std::string_view> streets() { return kStreets; }
std::span<const City> cities() { return kCities; }

}  // namespace atrapa::harness::words
