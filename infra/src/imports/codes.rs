//! Code lists that EN 16931 refers to, as far as invoices are judged by them.

/// Currencies of ISO 4217 (active, without metals and testing codes).
const CURRENCIES: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL";
/// Countries of ISO 3166-1 alpha-2, with the codes 1A and XI that EN 16931 adds.
const COUNTRIES: &str = "1A AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XI YE YT ZA ZM ZW";
/// UNTDID 1001 as restricted by EN 16931 (BR-CL-01): invoices.
const INVOICE_TYPES: &str = "71 80 82 84 102 218 219 331 380 382 383 384 386 388 393 395 326 527 553 575 623 780 817 870 875 876 877 389 261 381 396 83";
/// UNTDID 1001 as restricted by EN 16931 (BR-CL-01): credit notes.
const CREDIT_NOTE_TYPES: &str = "81 83 381 396 532 261 262 296 308 420 458 502 503";
/// UNTDID 5305 as restricted by EN 16931 (BR-CL-17).
const TAX_CATEGORIES: &str = "AE L M E S Z G O K B";

fn listed(list: &str, code: &str) -> bool {
    list.split(' ').any(|listed| listed == code)
}

/// Whether it is a currency of ISO 4217.
pub(super) fn is_currency(code: &str) -> bool {
    listed(CURRENCIES, code)
}
/// Whether it is a country of ISO 3166-1.
pub(super) fn is_country(code: &str) -> bool {
    listed(COUNTRIES, code)
}
/// Whether it is an invoice's, or a credit note's, type.
pub(super) fn is_document_type(code: &str, credit_note: bool) -> bool {
    listed(
        if credit_note {
            CREDIT_NOTE_TYPES
        } else {
            INVOICE_TYPES
        },
        code,
    )
}
/// Whether it is a category of value added tax.
pub(super) fn is_tax_category(code: &str) -> bool {
    listed(TAX_CATEGORIES, code)
}
/// Whether it has the shape of a unit of UN/ECE Recommendation 20 or, with X, 21: the lists hold two thousand
/// codes and are extended twice a year, so the shape is judged and not the list.
pub(super) fn is_unit(code: &str) -> bool {
    (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}
