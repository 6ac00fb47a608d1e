"""Sending: one turn of one delivery, claimed, sent, and noted."""

from collections.abc import Callable
from dataclasses import dataclass

from prepaid.domain.credits import Instant, rfc_3339
from prepaid.domain.errors import PreconditionFailed
from prepaid.inbox.ports import Exceptions
from prepaid.webhooks.delivery import Delivery, DeliveryState, Outcome, new_delivery
from prepaid.webhooks.events import DISABLED, Event, new_event
from prepaid.webhooks.ports import (
    Deliveries,
    DeliveryQueue,
    Notices,
    Sender,
    SignedMessage,
    Webhooks,
)
from prepaid.webhooks.webhook import DISABLED_CASE, SigningKeys, Webhook

CLAIM_SECONDS = 60
"""Longer than one try takes: a claim that outlives it belongs to nobody."""
_TRIES_AGAINST_RIVALS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """Makes turns of deliveries. *now* is asked again after each try, which takes seconds."""

    webhooks: Webhooks
    deliveries: Deliveries
    queue: DeliveryQueue
    sender: Sender
    notices: Notices
    exceptions: Exceptions
    keys: Callable[[], SigningKeys]
    now: Callable[[], Instant]

    def event(self, webhook_id: str, event: Event, *, single: bool = False) -> Delivery | None:
        """Deliver an event to a webhook for the first time.

        Returns the delivery as it stands after its try, or `None` where there was nothing to send.
        Raises `Claimed`, `Unavailable`: doing it again sends nothing twice, but what was sent and
        could not be noted.
        """
        webhook = self._receiver(webhook_id)
        if webhook is None:
            return None
        delivery = new_delivery(event, webhook_id, self.now(), single=single)
        if not webhook.enabled and not single:
            waiting = delivery.waiting()
            if not self.deliveries.add(waiting):
                self.deliveries.save(waiting, seen=delivery.turn)
            return self._resume_if_enabled(waiting)
        return self._try(webhook, delivery)

    def turn(self, webhook_id: str, delivery_id: str, turn: int) -> Delivery | None:
        """Try a delivery again, if *turn* is still its turn; as `event`."""
        webhook = self._receiver(webhook_id)
        delivery = self.deliveries.find(webhook_id, delivery_id, now=self.now())
        if webhook is None or delivery is None or delivery.turn != turn:
            return None
        if delivery.state is not DeliveryState.PENDING:
            return None
        if not webhook.enabled and not delivery.single:
            self.deliveries.save(delivery.waiting(), seen=turn)
            return self._resume_if_enabled(delivery.waiting())
        return self._try(webhook, delivery)

    def _receiver(self, webhook_id: str) -> Webhook | None:
        webhook = self.webhooks.find(webhook_id)
        return None if webhook is None or webhook.deleted_at is not None else webhook

    def _resume_if_enabled(self, waiting: Delivery) -> Delivery:
        """Go on at once where the webhook was enabled while the delivery was put to wait."""
        webhook = self._receiver(waiting.webhook_id)
        if webhook is None or not webhook.enabled:
            return waiting
        resumed = waiting.resumed(self.now())
        if self.deliveries.save(resumed, seen=waiting.turn):
            self.queue.turn(resumed)
        return resumed

    def _try(self, webhook: Webhook, delivery: Delivery) -> Delivery | None:
        now = self.now()
        until = Instant(now + CLAIM_SECONDS)
        if not self.deliveries.claim(delivery, now=now, until=until):
            return None
        outcome = self.sender.send(self._signed(webhook, delivery, now))
        done_at = self.now()
        after = delivery.after(outcome, done_at)
        disabled = not delivery.single and not self._note(webhook, outcome, done_at)
        if disabled and after.state is DeliveryState.PENDING:
            after = after.waiting()
        if self.deliveries.save(after, seen=delivery.turn):
            delay = after.queued_for(done_at)
            if delay is not None:
                self.queue.turn(after, delay=delay)
        return after

    def _signed(self, webhook: Webhook, delivery: Delivery, now: Instant) -> SignedMessage:
        keys = self.keys()
        return SignedMessage(
            url=webhook.url,
            message_id=delivery.message_id,
            body=delivery.body,
            at=now,
            secrets=tuple(
                keys.secret(webhook.webhook_id, each) for each in webhook.valid_secrets(now)
            ),
        )

    def _note(self, webhook: Webhook, outcome: Outcome, now: Instant) -> bool:
        """Keep what a try says of its webhook; return whether that is enabled after it.

        That it is disabled is published first: a notice that comes twice has one id, and one that
        was lost would never come.
        """
        found: Webhook | None = webhook
        for _ in range(_TRIES_AGAINST_RIVALS):
            if found is None or not found.enabled:
                return False
            after = found.after(outcome, now)
            if after is found:
                return True
            if not after.enabled:
                self._publish(after, now)
            try:
                return self.webhooks.save(after).enabled
            except PreconditionFailed:
                found = self._receiver(webhook.webhook_id)
        return found is not None and found.enabled

    def _publish(self, webhook: Webhook, now: Instant) -> None:
        assert webhook.disabled is not None, "a notice is about a webhook that is disabled"
        failing_since, subject = webhook.failing_since, webhook.outage
        data = {
            "webhook_id": webhook.webhook_id,
            "url": webhook.url,
            "reason": str(webhook.disabled),
            "failing_since": None if failing_since is None else rfc_3339(failing_since),
        }
        self.notices.publish(new_event(DISABLED, f"{subject}#disabled", subject, now, data))
        detail = f"Nothing is sent to it until it is enabled: {webhook.disabled}."
        self.exceptions.report(DISABLED_CASE, subject, detail, now=now)
