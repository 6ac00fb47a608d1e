"""What Stripe lets one pay: currencies, their decimals and their smallest amounts."""

from local.stripe.errors import InvalidParams
from local.stripe.forms import Params

LARGEST = 99_999_999

_ZERO = "bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf"
_TWO = (
    "usd aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bmd bnd bob brl bsd bwp byn bzd "
    "cad cdf chf cny cop crc cve czk dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gtq gyd hkd "
    "hnl htg huf idr ils inr jmd kes kgs khr kyd kzt lak lbp lkr lrd lsl mad mdl mkd mmk mnt mop "
    "mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd pab pen pgk php pkr pln qar ron rsd rub sar "
    "sbd scr sek sgd shp sle sos srd std szl thb tjs top try ttd twd tzs uah uyu uzs wst xcd yer "
    "zar zmw"
)

ZERO_DECIMAL = frozenset(_ZERO.split())
THREE_DECIMAL = frozenset(("bhd", "jod", "kwd", "omr", "tnd"))
WHOLE_UNITS_ONLY = frozenset(("isk", "ugx"))
TWO_DECIMAL = frozenset(_TWO.split())
SUPPORTED = ZERO_DECIMAL | THREE_DECIMAL | WHOLE_UNITS_ONLY | TWO_DECIMAL

SMALLEST = {
    "usd": 50, "aed": 200, "aud": 50, "bgn": 100, "brl": 50, "cad": 50, "chf": 50, "czk": 1500,
    "dkk": 250, "eur": 50, "gbp": 30, "hkd": 400, "huf": 17_500, "inr": 50, "jpy": 50, "mxn": 1000,
    "myr": 200, "nok": 300, "nzd": 50, "pln": 200, "ron": 200, "sek": 300, "sgd": 50, "thb": 1000,
}  # fmt: skip


def decimals(currency: str) -> int:
    """How many of an amount's last digits are behind the decimal point."""
    if currency in ZERO_DECIMAL:
        return 0
    return 3 if currency in THREE_DECIMAL else 2


def display(amount: int, currency: str) -> str:
    """*amount*, in the smallest unit, as a person reads it: 12.50 usd."""
    places = decimals(currency)
    whole, fraction = divmod(amount, 10**places)
    return f"{whole}.{fraction:0{places}d} {currency}" if places else f"{whole} {currency}"


def read_price(params: Params) -> tuple[int, str]:
    """The amount in the smallest unit and the lower-case currency, both as Stripe takes them."""
    currency = params.required("currency").lower()
    if currency not in SUPPORTED:
        raise InvalidParams(f"Invalid currency: {currency}.", param="currency")
    params.required("amount")
    amount = params.integer("amount") or 0
    if amount < 1:
        raise InvalidParams(
            "This value must be greater than or equal to 1.",
            code="parameter_invalid_integer",
            param="amount",
        )
    smallest = SMALLEST.get(currency, 1)
    if amount < smallest:
        raise InvalidParams(
            f"Amount must be at least {display(smallest, currency)}",
            code="amount_too_small",
            param="amount",
        )
    if amount > LARGEST:
        raise InvalidParams(
            f"Amount must be no more than {display(LARGEST, currency)}",
            code="amount_too_large",
            param="amount",
        )
    step = 10 if currency in THREE_DECIMAL else 100 if currency in WHOLE_UNITS_ONLY else 1
    if amount % step:
        raise InvalidParams(
            f"Invalid amount: {currency} amounts must be divisible by {step}.", param="amount"
        )
    return amount, currency
