"""The one place that reads the environment; a value is read when it is needed."""

import os
from collections.abc import Mapping
from dataclasses import dataclass


class MissingSetting(Exception):
    """An environment variable that must be set is not, or is empty; the message names it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting under the name that the code uses for it.

    A function is given only what it needs, so a property raises `MissingSetting` when it is read.
    """

    environment: Mapping[str, str]

    def _required(self, name: str) -> str:
        value = self.environment.get(name, "")
        if not value:
            raise MissingSetting(f"The environment variable {name} is not set.")
        return value

    @property
    def user_credits_table(self) -> str:
        """The physical name of the accounts' table."""
        return self._required("USER_CREDITS_TABLE")

    @property
    def credit_transactions_table(self) -> str:
        """The physical name of the entries' table."""
        return self._required("CREDIT_TRANSACTIONS_TABLE")

    @property
    def usage_tracking_table(self) -> str:
        """The physical name of the closed days' table."""
        return self._required("USAGE_TRACKING_TABLE")

    @property
    def credit_packages_table(self) -> str:
        """The physical name of the packages' table."""
        return self._required("CREDIT_PACKAGES_TABLE")

    @property
    def credit_pricing_table(self) -> str:
        """The physical name of the prices' table."""
        return self._required("CREDIT_PRICING_TABLE")

    @property
    def stripe_payments_table(self) -> str:
        """The physical name of the payments' table."""
        return self._required("STRIPE_PAYMENTS_TABLE")

    @property
    def credit_alerts_table(self) -> str:
        """The physical name of the alerts' table."""
        return self._required("CREDIT_ALERTS_TABLE")

    @property
    def credit_records_table(self) -> str:
        """The physical name of the records' table."""
        return self._required("CREDIT_RECORDS_TABLE")

    @property
    def default_thresholds(self) -> str:
        """The balances at which an account is warned by default, with commas between them."""
        return self.environment.get("DEFAULT_THRESHOLDS", "20.00")

    @property
    def default_runway_thresholds(self) -> str:
        """The days of runway at which an account is warned by default, with commas between them."""
        return self.environment.get("DEFAULT_RUNWAY_THRESHOLDS", "7")

    @property
    def default_overage(self) -> str:
        """Who bears by default what a capture costs beyond its hold and what is available."""
        return self.environment.get("DEFAULT_OVERAGE") or "absorb"

    @property
    def default_daily_limit(self) -> str:
        """The most credits that usage may cost in a day by default; empty for no limit."""
        return self.environment.get("DEFAULT_DAILY_LIMIT", "")

    @property
    def default_monthly_limit(self) -> str:
        """The most credits that usage may cost in a month by default; empty for no limit."""
        return self.environment.get("DEFAULT_MONTHLY_LIMIT", "")

    @property
    def event_bus(self) -> str:
        """The name of the bus that alerts are put on."""
        return self._required("EVENT_BUS")

    @property
    def mail_sender(self) -> str:
        """The address that mail comes from; empty where the stack sends none."""
        return self.environment.get("MAIL_SENDER", "")

    @property
    def mail_configuration_set(self) -> str:
        """The configuration set of SES by which bounces are heard of; empty for none."""
        return self.environment.get("MAIL_CONFIGURATION_SET", "")

    @property
    def public_url(self) -> str:
        """Where links in mails find the API; without it the stack sends no mail."""
        return self.environment.get("PUBLIC_URL", "").rstrip("/")

    @property
    def alert_topic(self) -> str:
        """The ARN of the SNS topic that alerts are published on; empty for none."""
        return self.environment.get("ALERT_TOPIC", "")

    @property
    def signing_secret(self) -> str:
        """The name of the secret whose value signs cursors."""
        return self._required("SIGNING_SECRET")

    @property
    def token_secret(self) -> str:
        """The name of the secret that holds the HMAC secrets of tokens, by key id."""
        return self._required("TOKEN_SECRET")

    @property
    def token_issuer(self) -> str:
        """Whose tokens are believed."""
        return self.environment.get("TOKEN_ISSUER") or "prepaid"

    @property
    def token_audience(self) -> str:
        """For whom a token must have been issued."""
        return self.environment.get("TOKEN_AUDIENCE") or "prepaid"

    @property
    def token_account_claim(self) -> str:
        """The claim that names the account."""
        return self.environment.get("TOKEN_ACCOUNT_CLAIM") or "sub"

    @property
    def token_role_claim(self) -> str:
        """The only claim that can give a role."""
        return self.environment.get("TOKEN_ROLE_CLAIM") or "role"

    @property
    def token_jwks_url(self) -> str:
        """Where the issuer publishes its keys; empty where there are only shared secrets."""
        return self.environment.get("TOKEN_JWKS_URL", "")

    @property
    def largest_adjustment(self) -> str:
        """The most credits that an admin may add or remove at once; empty for no bound."""
        return self.environment.get("LARGEST_ADJUSTMENT", "")

    @property
    def stripe_secret_key(self) -> str:
        """The name of the parameter that holds the key with which we call Stripe."""
        return self._required("STRIPE_SECRET_KEY")

    @property
    def stripe_publishable_key(self) -> str:
        """The name of the parameter that holds the key with which a page calls Stripe."""
        return self._required("STRIPE_PUBLISHABLE_KEY")

    @property
    def stripe_webhook_secret(self) -> str:
        """The name of the parameter that holds the secrets with which Stripe signs webhooks."""
        return self._required("STRIPE_WEBHOOK_SECRET")

    @property
    def stripe_api_base(self) -> str:
        """Where Stripe's API is; empty for Stripe itself."""
        return self.environment.get("STRIPE_API_BASE", "")

    @property
    def stripe_live(self) -> bool:
        """Whether real money moves here."""
        return self.environment.get("STRIPE_LIVE", "") == "true"

    @property
    def vapi_api_key(self) -> str:
        """The name of the parameter that holds the key with which we call Vapi."""
        return self._required("VAPI_API_KEY")

    @property
    def vapi_webhook_secret(self) -> str:
        """The name of the parameter that says how Vapi proves what it sends."""
        return self._required("VAPI_WEBHOOK_SECRET")

    @property
    def vapi_api_base(self) -> str:
        """Where Vapi's API is; empty for Vapi itself."""
        return self.environment.get("VAPI_API_BASE", "")

    @property
    def vapi_domain(self) -> str:
        """The domain below which Vapi is called; empty for Vapi's own."""
        return self.environment.get("VAPI_DOMAIN", "")

    @property
    def longest_call_seconds(self) -> int:
        """How long a call may be at most."""
        return int(self.environment.get("LONGEST_CALL_SECONDS") or "600")

    @property
    def call_refused_text(self) -> str:
        """What the caller hears when an inbound call is refused."""
        return self.environment.get("CALL_REFUSED_TEXT") or (
            "Sorry, this call cannot be taken: there are not enough credits."
        )

    @property
    def end_unaffordable_calls(self) -> bool:
        """Whether a running call is ended once its account cannot pay for it."""
        return self.environment.get("END_UNAFFORDABLE_CALLS", "") == "true"

    @property
    def webhooks_queue(self) -> str:
        """The URL of the queue of deliveries."""
        return self._required("WEBHOOKS_QUEUE")

    @property
    def webhooks_queue_arn(self) -> str:
        """The ARN of the queue of deliveries."""
        return self._required("WEBHOOKS_QUEUE_ARN")

    @property
    def failed_webhooks_queue_arn(self) -> str:
        """The ARN of the queue that only deliveries end in."""
        return self._required("FAILED_WEBHOOKS_QUEUE_ARN")

    @property
    def webhook_secret(self) -> str:
        """The name of the secret that holds the keys which sign webhooks, by key id."""
        return self._required("WEBHOOK_SECRET")

    @property
    def webhook_test_origin(self) -> str:
        """The one origin that webhooks may reach wherever it leads; empty for none."""
        return self.environment.get("WEBHOOK_TEST_ORIGIN", "")

    @property
    def aws_endpoint_url(self) -> str:
        """Where AWS is emulated; empty on AWS itself."""
        return self.environment.get("AWS_ENDPOINT_URL", "")

    @property
    def service_name(self) -> str:
        """The name under which functions log and count: the stack's, where it is deployed."""
        return self.environment.get("POWERTOOLS_SERVICE_NAME") or "prepaid"

    @property
    def metrics_namespace(self) -> str:
        """The CloudWatch namespace of our metrics."""
        return self.environment.get("POWERTOOLS_METRICS_NAMESPACE") or "Prepaid"

    @property
    def aws_lambda_function_name(self) -> str:
        """The function that this process serves; empty outside of Lambda."""
        return self.environment.get("AWS_LAMBDA_FUNCTION_NAME", "")

    @property
    def clock_file(self) -> str:
        """The file that shifts the clock of a local stack; empty everywhere else."""
        return self.environment.get("CLOCK_FILE", "")


settings = Settings(os.environ)
