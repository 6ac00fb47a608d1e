// Written from openapi.json by `make page-types`; do not edit.

export interface paths {
    "/api/credits/admin/adjust": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add or remove credits by hand, with a reason
         * @description Adds credits (an amount above 0) or removes them (below 0). The reason is kept on the entry.
         */
        post: operations["adjust_credits"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/admin/analytics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What all accounts bought, spent and still own
         * @description Credits and money of every UTC day, and what accounts have, by the last hourly snapshot: it reads no account, and says in `as_of` of when it is. `format=csv` answers the days as a table.
         */
        get: operations["get_system_analytics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/admin/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What admins did, newest first
         * @description Every act of an admin, with who did it, why, and what was before and after. One page looks back twelve months at most.
         */
        get: operations["list_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/admin/exceptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What an admin must look at, newest first
         * @description Cases that nobody has resolved, newest first.
         */
        get: operations["list_exceptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/admin/exceptions/{exception_id}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say whose a call was
         * @description Says whose a call was that nobody could be found for. It is paid once, by one account only.
         */
        post: operations["assign_exception"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/admin/exceptions/{exception_id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that a case is dealt with
         * @description Says that a case is dealt with, and why. The first who does so resolves it; a repeat answers what stands.
         */
        post: operations["resolve_exception"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/admin/exceptions/{exception_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try again what a case is about
         * @description Tries again what a case is about: `ledger_drift` is verified, `alert_not_delivered` delivered, `call_not_billed` and `call_never_reported` settled; a `dead_letter` (a job or a message that failed after all retries) is sent to where it failed, and comes back as another case if it fails again. Once that is right the case is resolved, otherwise it stays open and `still` says what is wrong. Other kinds are for a person to decide: 422.
         */
        post: operations["retry_exception"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/admin/grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give credits on terms of their own
         * @description Gives credits with a kind, an end, a priority and metadata of their own. The first ones open the account.
         */
        post: operations["grant_credits"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/admin/grants/{account_id}/{grant_id}/void": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take back the rest of a grant
         * @description Takes back what is left of one grant, once. Credits that open holds need stay, unless `force`.
         */
        post: operations["void_grant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/admin/holds/{hold_id}/void": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Release any hold unused
         * @description Releases all of a hold, whoever made it.
         */
        post: operations["release_hold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/admin/packages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every package, for sale or not
         * @description Every package: those for sale in their order, then unlisted ones, then archived ones.
         */
        get: operations["manage_packages"];
        put?: never;
        /**
         * Put a package up for sale
         * @description Puts a package up for sale; it is in the public list within a minute.
         */
        post: operations["create_package"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/admin/packages/{package_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change a package, from now on
         * @description Replaces the terms of a package: order, popular, unlisted, validity among them. What was bought keeps its terms. 412 where somebody else was first.
         */
        put: operations["put_package"];
        post?: never;
        /**
         * Take a package from sale
         * @description Takes a package from sale for good. It is never deleted: payments refer to it.
         */
        delete: operations["archive_package"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/admin/phone-numbers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which phone numbers and campaigns are whose
         * @description Phone numbers and campaigns with their accounts, by id.
         */
        get: operations["list_phone_numbers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/admin/phone-numbers/{phone_number_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say whose calls a number brings
         * @description From its next call on, calls over this number, or out of this campaign, belong to the account.
         */
        put: operations["put_phone_number"];
        post?: never;
        /**
         * A number brings nobody's calls
         * @description Inbound calls of this number are refused from now on. What was paid stays paid.
         */
        delete: operations["delete_phone_number"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/admin/pricing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every version of every price, and drafts
         * @description Every version of every price of a plan, past and upcoming ones too, by operation, and all drafts.
         */
        get: operations["manage_pricing"];
        put?: never;
        /**
         * Announce a new version of a price
         * @description Announces a new version of an operation's price, from `effective_from` on: at least 120 seconds ahead, so that every function knows it by then and all of them price by it from its first second. Versions are never edited. 412 where somebody else was first.
         */
        post: operations["create_price"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/admin/pricing/drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write a price down without announcing it
         * @description Writes a price down without announcing it.
         */
        post: operations["create_price_draft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/admin/pricing/drafts/{draft_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change a draft
         * @description Replaces the units of a draft. 412 where somebody else was first.
         */
        put: operations["put_price_draft"];
        post?: never;
        /**
         * Delete a draft
         * @description Deletes a draft; nothing refers to it.
         */
        delete: operations["delete_price_draft"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/admin/pricing/drafts/{draft_id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Announce a draft
         * @description Announces a draft as a version of its operation's price, once: the draft is gone with that. 412 where the draft, or the prices that it was written for, have changed; then read it and save it again.
         */
        post: operations["publish_price_draft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/admin/pricing/{price_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a version back, or end it
         * @description Takes back a version that is still to come; ends one that is in force, in 120 seconds: the operation then has no price, until a later version begins. What is past stays, because entries name it.
         */
        delete: operations["delete_price"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/admin/refund": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send the money of a purchase back, or a part of it
         * @description Sends money back by the way it came. Unspent credits of the purchase go when the provider has confirmed it.
         */
        post: operations["refund_payment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/admin/settings/{account_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The settings of anybody's account
         * @description The settings of any account.
         */
        get: operations["get_account_settings"];
        /**
         * Choose the settings of anybody's account
         * @description Replaces all settings of any account, with limits that its user cannot lift.
         */
        put: operations["put_account_settings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/admin/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Accounts, found by id or by what they are, or in order
         * @description Accounts by the beginning of their id, by what they are (frozen, closed, unlimited, debt, low, drift), or all. Nothing is scanned: there is no total. `sort` answers the first 1,000 of the last snapshot, as of `as_of`. As CSV, the last line adds up those above it.
         */
        get: operations["list_accounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/admin/users/{account_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All that support needs to see of one account
         * @description Balance, grants, holds, settings, the latest entries and payments of one account, and what is known to differ.
         */
        get: operations["get_account"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/admin/users/{account_id}/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say who an account's owner is
         * @description Keeps a name and an e-mail address for an account, also before anything else is written to it; what is left out is removed, and the old address finds the account no more. `GET balance` shows the name, `GET admin/users?email=` finds the account. Several accounts may have one address.
         */
        put: operations["put_profile"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/admin/users/{account_id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Freeze, reopen or close an account
         * @description Freezes, reopens or closes an account. Only a super admin may set `unlimited`.
         */
        post: operations["set_account_status"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What an account was warned of, the latest first
         * @description What the account was warned of, the latest first: those that were delivered, that wait, and that stay quiet.
         */
        get: operations["list_alerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/alerts/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test message by the channels of an account
         * @description Sends a test message at once by the channels that the account chose, or by those that are named, and says what became of it; at most five times an hour. A channel that fails stops no other.
         */
        post: operations["send_test_alert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/alerts/{alert_id}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Somebody has seen a warning
         * @description Notes that somebody has seen an alert. The first one stays; a repeat changes nothing.
         */
        post: operations["acknowledge_alert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the caller can spend now
         * @description The account as settled now: what has expired is in neither `balance` nor `grants`, also before a job has written it.
         */
        get: operations["get_balance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Whether a call may start, and how long it may be
         * @description Sets aside what the balance allows, up to the longest call, and says how long the call may be; or says what the shortest call needs, with nothing written.
         */
        post: operations["admit_call"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/calls/{call_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say which hold a call is paid out of
         * @description Binds the provider's id of a call to the hold that pays for it. Binding again changes nothing; another hold is refused.
         */
        put: operations["bind_call"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Whether an operation could be paid now, and how far credits reach
         * @description Tells whether usage would be accepted now, what it would cost and how far the credits reach. It sets nothing aside: use a hold for that.
         */
        post: operations["check_credits"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a page may show an end user
         * @description What is the same for every account, for a page that shows credits. It needs no token.
         */
        get: operations["get_config"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Credits that were given, and what became of them
         * @description Every grant, those that are gone among them: what can burn comes first, in that order, then what is used up, expired or voided, newest first.
         */
        get: operations["list_grants"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set credits aside for an operation that begins
         * @description Sets credits aside, so that a capture up to this amount is always honoured until the hold expires.
         */
        post: operations["create_hold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/holds/{hold_id}/capture": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pay out of a hold and release the rest of it
         * @description Spends what was used and releases the rest; with `final` false the hold stays open for further captures. A hold ends once; a capture of 0 releases all of it.
         */
        post: operations["capture_hold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/holds/{hold_id}/extend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * More time, more credits, or both, for an open hold
         * @description Gives an open hold more time, more credits, or both: all of it or nothing.
         */
        post: operations["extend_hold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/holds/{hold_id}/void": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Release a hold unused
         * @description Releases all of a hold: nothing was used.
         */
        post: operations["void_hold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The description of this API
         * @description This document. It needs no token.
         */
        get: operations["get_openapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/packages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The packages for sale
         * @description What can be bought. It needs no token.
         */
        get: operations["list_packages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/pricing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What each operation costs
         * @description For each operation the price in force, and those that are announced. It needs no token.
         */
        get: operations["list_pricing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/purchase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to buy a package
         * @description Answers the `client_secret` with which the browser pays. Credits come when the payment has succeeded.
         */
        post: operations["create_purchase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/purchases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The purchases of an account, newest first
         * @description The purchases of an account, with what became of their money and credits.
         */
        get: operations["list_purchases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/purchases/{payment_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One purchase, as far as we know
         * @description One purchase as it is stored. Ask for it after the payer has come back.
         */
        get: operations["get_purchase"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/purchases/{payment_id}/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask Stripe what became of a purchase
         * @description Asks the payment provider, so that a webhook that is late or lost is made up for.
         */
        post: operations["refresh_purchase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/recipients/confirmation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask the owner of an address whether they want mail
         * @description Sends the link by which the owner of an address agrees to get mail, unless they did: an address once in ten minutes (once a day, where its mailbox bounced or complained), an account ten times a day. Nothing else is sent to an address before.
         */
        post: operations["confirm_recipient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The settings of an account, and how its limits stand
         * @description Thresholds, time zone, overage and spending limits, with what is used of each limit and when it resets.
         */
        get: operations["get_settings"];
        /**
         * Choose thresholds, time zone, overage and spending limits
         * @description Replaces all settings that the account's owner may choose. The same request again, where its answer was lost, changes nothing.
         */
        put: operations["put_settings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/transactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The entries of an account, newest first
         * @description Every entry that changed the account. `format=csv`, or `Accept: text/csv`, answers all pages as one table.
         */
        get: operations["list_transactions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/transactions/{entry_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One entry, explained
         * @description An entry with its calculation, line by line, and one sentence that explains it to a person.
         */
        get: operations["get_transaction"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record usage and spend credits for it, once or many times
         * @description Spends credits for one use, under the `Idempotency-Key` of the request; or for up to 500 events, each with a `key` and an answer of its own.
         */
        post: operations["record_usage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/usage/analytics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What an account used, by time, operation or reference
         * @description Usage by day, week, month, operation, variant or reference, in the account's own days. By time, operation and variant it reads the same after ten events or a million. `format=csv`, or `Accept: text/csv`, answers buckets and totals as a table.
         */
        get: operations["get_usage_analytics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every receiver, and whether it is enabled
         * @description Every webhook, the oldest first: whether it is enabled, and since when it fails.
         */
        get: operations["list_webhooks"];
        put?: never;
        /**
         * Have events sent to a receiver
         * @description Has events sent to your backend from now on. The answer shows the secret that signs them; nothing shows it again, but a repeat of this very request.
         */
        post: operations["create_webhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/webhooks/{webhook_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One receiver, and whether it is enabled
         * @description One webhook: whether it is enabled, since when it fails, and why it was disabled.
         */
        get: operations["get_webhook"];
        /**
         * Change, disable or enable a receiver
         * @description Replaces the terms of a webhook. Disabled, it is sent nothing and what happens waits for it, for 30 days; enabled again, that goes on. 412 where somebody else was first.
         */
        put: operations["put_webhook"];
        post?: never;
        /**
         * Nothing is sent to a receiver any more
         * @description Sends nothing to it any more; what waited for it is dropped.
         */
        delete: operations["delete_webhook"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/webhooks/{webhook_id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was sent, and what came of it
         * @description What was sent to a webhook in the last 30 days, the newest events first, with every try: status, duration, the beginning of the answer, and when it is tried next.
         */
        get: operations["list_deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/webhooks/{webhook_id}/deliveries/{delivery_id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send it once more
         * @description Sends a delivery once more, by ten new tries under the same `webhook-id`.
         */
        post: operations["replay_delivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/webhooks/{webhook_id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send all since a time once more
         * @description Sends all deliveries of what happened since a time once more, or only those that failed. They go on by themselves, oldest first.
         */
        post: operations["replay_deliveries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/webhooks/{webhook_id}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A new secret, beside the old one for a day
         * @description Makes a new secret and shows it this once. The one before it signs as well for a day, so that receivers can change over.
         */
        post: operations["rotate_webhook_secret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/webhooks/{webhook_id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test event to a receiver
         * @description Sends an event of the type `credits.webhook.test`, by one try, also to a webhook that is disabled. The log of deliveries shows what came of it.
         */
        post: operations["test_webhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @description One account in a list, as it was last written.
         * @example {
         *       "account_id": "user-1",
         *       "name": "Ada Lovelace",
         *       "email": "ada@example.com",
         *       "balance": "97.40",
         *       "held": "5.00",
         *       "available": "97.40",
         *       "status": "active",
         *       "level": "healthy",
         *       "unlimited": false,
         *       "plan": "default",
         *       "last_activity": "2026-11-22T22:24:16Z",
         *       "drift": "balance: 5.00, the entries add up to 4.00"
         *     }
         */
        Account: {
            /**
             * @description Whose account it is: an id of your own system.
             * @example user-1
             */
            account_id: string;
            /**
             * @description Of its profile; null where the host said none.
             * @example Ada Lovelace
             */
            name: string | null;
            /**
             * @description Of its profile, in lower case; null where the host said none.
             * @example ada@example.com
             */
            email: string | null;
            /**
             * @description The sum of all entries; below 0 it is a debt.
             * @example 97.40
             */
            balance: string;
            /**
             * @description The sum of open holds.
             * @example 5.00
             */
            held: string;
            /**
             * @description What can be spent now: the balance, less open holds and what is protected.
             * @example 97.40
             */
            available: string;
            /** @description Where it stands. */
            status: components["schemas"]["AccountStatus"];
            /**
             * @description healthy, low, empty, debt, frozen or unlimited.
             * @example healthy
             */
            level: components["schemas"]["Level"];
            /**
             * @description Usage is recorded at its full price and not paid.
             * @example false
             */
            unlimited: boolean;
            /**
             * @description The plan for which the price holds.
             * @example default
             */
            plan: string;
            /**
             * @description When it was last written; null where it has a profile, but nothing was written to it yet.
             * @example 2026-11-22T22:24:16Z
             */
            last_activity: string | null;
            /**
             * @description What differs from its entries; null where nothing is known to.
             * @example balance: 5.00, the entries add up to 4.00
             */
            drift: string | null;
        };
        /**
         * @description All that support needs to see of one account.
         * @example {
         *       "balance": {
         *         "account_id": "user-1",
         *         "name": "Ada Lovelace",
         *         "balance": "97.40",
         *         "held": "5.00",
         *         "available": "97.40",
         *         "protected": "0.00",
         *         "status": "active",
         *         "level": "healthy",
         *         "unlimited": false,
         *         "runway": {
         *           "days_left": 41,
         *           "per_day": "18.53",
         *           "spent": "129.71",
         *           "days": 7
         *         },
         *         "next_expiry": {
         *           "amount": "25.00",
         *           "at": "2026-12-31T23:00:00Z"
         *         },
         *         "next_grant": {
         *           "amount": "50.00",
         *           "at": "2026-12-31T23:00:00Z",
         *           "name": "Monthly allowance"
         *         },
         *         "grants": [
         *           {
         *             "grant_id": "g1",
         *             "kind": "purchased",
         *             "amount": "100.00",
         *             "remaining": "97.40",
         *             "protected": "0.00",
         *             "expires_at": "2026-12-31T23:00:00Z",
         *             "priority": 50
         *           }
         *         ],
         *         "holds": [
         *           {
         *             "hold_id": "MTI6dXNlci0x",
         *             "amount": "5.00",
         *             "operation": "vapi_call",
         *             "expires_at": "2026-12-31T23:00:00Z"
         *           }
         *         ],
         *         "limits": [],
         *         "expiring": {
         *           "amount": "25.00",
         *           "at": "2026-12-31T23:00:00Z"
         *         },
         *         "pending": [],
         *         "as_of": "2026-11-22T22:24:16Z"
         *       },
         *       "profile": {
         *         "account_id": "user-1",
         *         "name": "Ada Lovelace",
         *         "email": "ada@example.com",
         *         "updated_at": "2026-11-22T22:24:16Z",
         *         "updated_by": "service:host"
         *       },
         *       "grants": [
         *         {
         *           "grant_id": "g1",
         *           "name": "Goodwill after an outage",
         *           "kind": "purchased",
         *           "state": "available",
         *           "amount": "25.00",
         *           "remaining": "16.35",
         *           "protected": "0.00",
         *           "expired": "0.00",
         *           "voided": "0.00",
         *           "expires_at": "2026-12-31T23:00:00Z",
         *           "priority": 100,
         *           "given_at": "2026-11-22T22:24:16Z",
         *           "entry_id": "YTphZGp1c3Q6Zml4",
         *           "metadata": {
         *             "call_id": "c-1"
         *           }
         *         }
         *       ],
         *       "entries": [
         *         {
         *           "entry_id": "dTp1c2FnZTpjYWxsLTE",
         *           "account_id": "user-1",
         *           "seq": 7,
         *           "kind": "usage",
         *           "amount": "2.60",
         *           "held_change": "0.00",
         *           "balance_after": "97.40",
         *           "available_after": "97.40",
         *           "operation": "vapi_call",
         *           "quantities": {
         *             "call": "1",
         *             "minute": "3.2"
         *           },
         *           "waived": "0.00",
         *           "shortfall": "0.00",
         *           "debt_paid": "0.00",
         *           "burned": [
         *             {
         *               "grant_id": "g1",
         *               "amount": "2.60"
         *             }
         *           ],
         *           "rounded": false,
         *           "hold_id": "MTI6dXNlci0x",
         *           "hold_amount": "5.00",
         *           "final": false,
         *           "grant_id": "g1",
         *           "expires_at": "2026-12-31T23:00:00Z",
         *           "reason": "Goodwill after an outage",
         *           "reference": "call c-1",
         *           "metadata": {
         *             "call_id": "c-1"
         *           },
         *           "actor": "user:user-1",
         *           "occurred_at": "2026-11-22T22:24:16Z",
         *           "posted_at": "2026-11-22T22:24:17Z",
         *           "usage_day": "2026-11-22",
         *           "note": "Ticket 4182"
         *         }
         *       ],
         *       "payments": [
         *         {
         *           "payment_id": "pay_7b1f",
         *           "account_id": "user-1",
         *           "package_id": "professional",
         *           "credits": "500.00",
         *           "bonus": "50.00",
         *           "amount": 4500,
         *           "currency": "usd",
         *           "status": "created",
         *           "credited": true,
         *           "failure_reason": "Your card was declined.",
         *           "problem": "other_amount_paid",
         *           "amount_refunded": 0,
         *           "credits_taken_back": "0.00",
         *           "created_at": "2026-11-22T22:20:00Z",
         *           "paid_at": "2026-11-22T22:24:16Z",
         *           "receipt_url": "https://pay.stripe.com/receipts/payment/1",
         *           "card": {
         *             "brand": "visa",
         *             "last4": "4242"
         *           }
         *         }
         *       ],
         *       "plan": "default",
         *       "last_activity": "2026-11-22T22:24:16Z",
         *       "settings": {
         *         "account_id": "user-1",
         *         "thresholds": [
         *           "20.00",
         *           "0.00"
         *         ],
         *         "runway_thresholds": [
         *           3,
         *           14
         *         ],
         *         "time_zone": "Europe/Berlin",
         *         "time_zone_now": "UTC",
         *         "overage": "absorb",
         *         "limits": {
         *           "daily": "5.00",
         *           "monthly": "100.00",
         *           "others": []
         *         },
         *         "admin_limits": {
         *           "daily": "50.00",
         *           "monthly": "500.00",
         *           "others": []
         *         },
         *         "channels": {
         *           "bus": true,
         *           "sns": false,
         *           "email": true
         *         },
         *         "recipients": [
         *           {
         *             "email": "user@example.com",
         *             "locale": "en",
         *             "state": "confirmed"
         *           }
         *         ],
         *         "cooldown_seconds": {
         *           "bus": 0,
         *           "sns": 0,
         *           "email": 86400
         *         },
         *         "repeat_days": 7,
         *         "limits_now": [],
         *         "defaults": [
         *           "overage"
         *         ],
         *         "version": 3,
         *         "saved_at": "2026-11-22T22:24:16Z",
         *         "saved_by": "user:user-1"
         *       },
         *       "alerts": [
         *         {
         *           "alert_id": "MTc5NTM4NTM3MyMwMDAwMDAwMDAwMDcjYmFsYW5jZV9sb3c",
         *           "kind": "limit_near",
         *           "raised_at": "2026-11-22T22:24:16Z",
         *           "delivered_at": "2026-11-22T22:24:17Z",
         *           "quiet": false,
         *           "thresholds": [
         *             "20.00",
         *             "0.00"
         *           ],
         *           "limit": {
         *             "operation": "vapi_call",
         *             "window": "day",
         *             "set_by": "user",
         *             "amount": "5.00",
         *             "used": "4.00",
         *             "held": "0.00",
         *             "left": "1.00",
         *             "resets_at": "2026-11-23T00:00:00Z"
         *           },
         *           "runway": {
         *             "thresholds": [
         *               14,
         *               7
         *             ],
         *             "days_left": 5,
         *             "per_day": "5.57",
         *             "spent": "39.01"
         *           },
         *           "spike": {
         *             "hour": "2026-11-22T22:00:00Z",
         *             "spent": "28.00",
         *             "usual": "3.50"
         *           },
         *           "expiring": [
         *             {
         *               "expires_at": "2026-12-31T23:00:00Z",
         *               "amount": "2.60"
         *             }
         *           ],
         *           "expires_within_days": 7,
         *           "balance": "97.40",
         *           "available": "97.40",
         *           "seq": 7,
         *           "deliveries": [
         *             {
         *               "channel": "email",
         *               "state": "sent",
         *               "at": "2026-11-22T22:24:18Z"
         *             }
         *           ],
         *           "repeat_at": "2026-11-29T22:24:17Z",
         *           "acknowledged_at": "2026-11-22T22:30:00Z",
         *           "acknowledged_by": "user:user-1"
         *         }
         *       ],
         *       "exceptions": [
         *         {
         *           "exception_id": "dW5rbm93bl9jYWxsI2NhbGwtMQ",
         *           "kind": "unknown_call",
         *           "subject": "0197a3c2-7d31-7e55-9b4c-1a2b3c4d5e6f",
         *           "detail": "192000 ms, from number-1",
         *           "created_at": "2026-11-22T22:24:16Z",
         *           "account_id": "user-1",
         *           "resolved_at": "2026-11-22T22:24:16Z",
         *           "resolved_by": "admin:admin-1",
         *           "reason": "The number belongs to them."
         *         }
         *       ]
         *     }
         */
        AccountDetail: {
            /** @description The balance as settled now, with open holds. */
            balance: components["schemas"]["Balance"];
            /** @description Who its owner is, as the host said last. */
            profile: components["schemas"]["Profile"];
            /** @description What can burn, in that order, then what is gone, newest first; at most fifty. */
            grants: components["schemas"]["GrantRecord"][];
            /** @description The latest entries, newest first. */
            entries: components["schemas"]["AdminEntry"][];
            /** @description The latest purchases, newest first. */
            payments: components["schemas"]["Purchase"][];
            /**
             * @description The plan for which the price holds.
             * @example default
             */
            plan: string;
            /**
             * @description When it was last written; null where it has a profile or purchases, but nothing was written to it yet.
             * @example 2026-11-22T22:24:16Z
             */
            last_activity: string | null;
            /** @description What the account chose, or was given. */
            settings: components["schemas"]["Settings"];
            /** @description The latest warnings, newest first. */
            alerts: components["schemas"]["Alert"][];
            /** @description Open cases of drift, newest first. */
            exceptions: components["schemas"]["Exception"][];
        };
        /**
         * @description By what accounts are found.
         * @example frozen
         * @enum {string}
         */
        AccountFilter: "frozen" | "closed" | "unlimited" | "debt" | "low" | "drift";
        /**
         * @description By what the last snapshot put accounts in order, the greatest first.
         * @example balance
         * @enum {string}
         */
        AccountOrder: "balance" | "spend" | "debt";
        /**
         * @description A page of accounts; it may hold fewer than asked for though more follow.
         * @example {
         *       "items": [
         *         {
         *           "account_id": "user-1",
         *           "name": "Ada Lovelace",
         *           "email": "ada@example.com",
         *           "balance": "97.40",
         *           "held": "5.00",
         *           "available": "97.40",
         *           "status": "active",
         *           "level": "healthy",
         *           "unlimited": false,
         *           "plan": "default",
         *           "last_activity": "2026-11-22T22:24:16Z",
         *           "drift": "balance: 5.00, the entries add up to 4.00"
         *         }
         *       ],
         *       "next_cursor": "eyJhdCI6IjEifQ",
         *       "as_of": "2026-11-22T22:00:00Z"
         *     }
         */
        AccountPage: {
            /** @description What was asked for. */
            items: components["schemas"]["Account"][];
            /**
             * @description For the next page; null on the last.
             * @example eyJhdCI6IjEifQ
             */
            next_cursor: string | null;
            /**
             * @description The moment for which the answer is true.
             * @example 2026-11-22T22:00:00Z
             */
            as_of: string | null;
        };
        /**
         * @description How an account stands at one moment.
         * @example {
         *       "balance": "97.40",
         *       "held": "5.00",
         *       "available": "97.40",
         *       "level": "healthy"
         *     }
         */
        AccountStanding: {
            /**
             * @description The sum of all entries; below 0 it is a debt.
             * @example 97.40
             */
            balance: string;
            /**
             * @description The sum of open holds.
             * @example 5.00
             */
            held: string;
            /**
             * @description What can be spent now: the balance, less open holds and what is protected.
             * @example 97.40
             */
            available: string;
            /**
             * @description healthy, low, empty, debt, frozen or unlimited.
             * @example healthy
             */
            level: components["schemas"]["Level"];
        };
        /**
         * @description Whether the account may spend.
         * @example active
         * @enum {string}
         */
        AccountStatus: "active" | "frozen" | "closed";
        /**
         * @description Whether an address may get mail; only a confirmed one does.
         * @example unconfirmed
         * @enum {string}
         */
        AddressState: "unconfirmed" | "confirmed" | "unsubscribed" | "bounced" | "complained";
        /**
         * @description Credits to add (more than 0) or to remove (less than 0), and why.
         * @example {
         *       "account_id": "user-1",
         *       "amount": "25.00",
         *       "reason": "Goodwill after an outage",
         *       "create": true
         *     }
         */
        Adjustment: {
            /**
             * @description The account to correct.
             * @example user-1
             */
            account_id: string;
            /**
             * @description Credits to add (above 0) or to remove (below 0), with at most two places.
             * @example 25.00
             */
            amount: string | number;
            /**
             * @description Why, in the words of whoever did it.
             * @example Goodwill after an outage
             */
            reason: string;
            /**
             * @description For admins only; the owner of the account never sees it.
             * @example Ticket 4182
             */
            note?: string | null;
            /**
             * @description Open the account where nobody has written it yet; no where it is absent.
             * @example true
             */
            create?: boolean | null;
            /**
             * @description Remove credits even if that leaves a debt; no where it is absent.
             * @example false
             */
            force?: boolean | null;
            /**
             * @description Answer what would come of it, and write nothing; no where it is absent.
             * @example false
             */
            preview?: boolean | null;
            /**
             * @description Your own name for what happened.
             * @example call c-1
             */
            reference?: string | null;
            /**
             * @description Your own notes, at most 1 KB and 16 keys. Numbers are kept as text, as they were written.
             * @example {
             *       "call_id": "c-1"
             *     }
             */
            metadata?: {
                [key: string]: string | number | boolean;
            } | null;
        };
        /**
         * @description What would come of a correction; nothing was written, and the key is still free.
         * @example {
         *       "account_id": "user-1",
         *       "amount": "25.00",
         *       "before": {
         *         "balance": "97.40",
         *         "held": "5.00",
         *         "available": "97.40",
         *         "level": "healthy"
         *       },
         *       "after": {
         *         "balance": "97.40",
         *         "held": "5.00",
         *         "available": "97.40",
         *         "level": "healthy"
         *       },
         *       "crosses": [
         *         "20.00"
         *       ]
         *     }
         */
        AdjustmentPreview: {
            /**
             * @description Whose account it is: an id of your own system.
             * @example user-1
             */
            account_id: string;
            /**
             * @description How the balance would change.
             * @example 25.00
             */
            amount: string;
            /** @description How the account stands now. */
            before: components["schemas"]["AccountStanding"];
            /** @description How it would stand. */
            after: components["schemas"]["AccountStanding"];
            /**
             * @description Thresholds below which the balance would fall, highest first.
             * @example [
             *       "20.00"
             *     ]
             */
            crosses: string[];
        };
        /**
         * @description An entry with what only admins see.
         * @example {
         *       "entry_id": "dTp1c2FnZTpjYWxsLTE",
         *       "account_id": "user-1",
         *       "seq": 7,
         *       "kind": "usage",
         *       "amount": "2.60",
         *       "held_change": "0.00",
         *       "balance_after": "97.40",
         *       "available_after": "97.40",
         *       "operation": "vapi_call",
         *       "quantities": {
         *         "call": "1",
         *         "minute": "3.2"
         *       },
         *       "waived": "0.00",
         *       "shortfall": "0.00",
         *       "debt_paid": "0.00",
         *       "burned": [
         *         {
         *           "grant_id": "g1",
         *           "amount": "2.60"
         *         }
         *       ],
         *       "rounded": false,
         *       "hold_id": "MTI6dXNlci0x",
         *       "hold_amount": "5.00",
         *       "final": false,
         *       "grant_id": "g1",
         *       "expires_at": "2026-12-31T23:00:00Z",
         *       "reason": "Goodwill after an outage",
         *       "reference": "call c-1",
         *       "metadata": {
         *         "call_id": "c-1"
         *       },
         *       "actor": "user:user-1",
         *       "occurred_at": "2026-11-22T22:24:16Z",
         *       "posted_at": "2026-11-22T22:24:17Z",
         *       "usage_day": "2026-11-22",
         *       "note": "Ticket 4182"
         *     }
         */
        AdminEntry: {
            /**
             * @description The entry's id.
             * @example dTp1c2FnZTpjYWxsLTE
             */
            entry_id: string;
            /**
             * @description Whose account it is: an id of your own system.
             * @example user-1
             */
            account_id: string;
            /**
             * @description The entry's number in its account, from 1, without a gap.
             * @example 7
             */
            seq: number;
            /** @description What kind it is. */
            kind: components["schemas"]["EntryKind"];
            /**
             * @description Credits.
             * @example 2.60
             */
            amount: string;
            /**
             * @description How the sum of open holds changed.
             * @example 0.00
             */
            held_change: string;
            /**
             * @description The balance after the entry.
             * @example 97.40
             */
            balance_after: string;
            /**
             * @description What could be spent after the entry.
             * @example 97.40
             */
            available_after: string;
            /**
             * @description What is metered: a name of the price list.
             * @example vapi_call
             */
            operation: string | null;
            /**
             * @description Quantities by unit.
             * @example {
             *       "call": "1",
             *       "minute": "3.2"
             *     }
             */
            quantities: {
                [key: string]: string;
            };
            /**
             * @description Full price of usage that was not asked for.
             * @example 0.00
             */
            waived: string;
            /**
             * @description What a capture could not take, and absorbed.
             * @example 0.00
             */
            shortfall: string;
            /**
             * @description The part that went to a negative balance.
             * @example 0.00
             */
            debt_paid: string;
            /** @description From which grants the credits were taken, in order. */
            burned: components["schemas"]["Burn"][];
            /**
             * @description A quantity had more than six places.
             * @example false
             */
            rounded: boolean;
            /**
             * @description The hold, for its capture or void.
             * @example MTI6dXNlci0x
             */
            hold_id: string | null;
            /**
             * @description What the entry adds to its hold or takes from it; null without a hold.
             * @example 5.00
             */
            hold_amount: string | null;
            /** @description False for a capture that leaves its hold open. */
            final: boolean;
            /**
             * @description The grant, unique in its account.
             * @example g1
             */
            grant_id: string | null;
            /**
             * @description When it expires; null where it never does.
             * @example 2026-12-31T23:00:00Z
             */
            expires_at: string | null;
            /**
             * @description Why, in the words of whoever did it.
             * @example Goodwill after an outage
             */
            reason: string | null;
            /**
             * @description Your own name for what happened.
             * @example call c-1
             */
            reference: string | null;
            /**
             * @description Your own notes, at most 1 KB and 16 keys. Numbers are kept as text, as they were written.
             * @example {
             *       "call_id": "c-1"
             *     }
             */
            metadata: {
                [key: string]: string | boolean;
            };
            /**
             * @description Who caused it: a role and a subject, or the part of the system.
             * @example user:user-1
             */
            actor: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-11-22T22:24:16Z
             */
            occurred_at: string;
            /**
             * Format: date-time
             * @description When it was written.
             * @example 2026-11-22T22:24:17Z
             */
            posted_at: string;
            /**
             * @description The day in which it counts, in the account's time zone.
             * @example 2026-11-22
             */
            usage_day: string | null;
            /**
             * @description For admins only; the owner of the account never sees it.
             * @example Ticket 4182
             */
            note: string | null;
        };
        /**
         * @description A package with what only admins see.
         * @example {
         *       "package_id": "professional",
         *       "name": "Professional",
         *       "description": "Each started minute of a call",
         *       "credits": "500.00",
         *       "bonus": "50.00",
         *       "total_credits": "550.00",
         *       "price": {
         *         "amount": 4500,
         *         "currency": "usd"
         *       },
         *       "popular": true,
         *       "validity_days": 365,
         *       "bonus_validity_days": 90,
         *       "position": 2,
         *       "archived": false,
         *       "unlisted": false,
         *       "audience": [
         *         "user-1"
         *       ],
         *       "version": 1
         *     }
         */
        AdminPackage: {
            /**
             * @description A package of `GET packages`.
             * @example professional
             */
            package_id: string;
            /**
             * @description For a person.
             * @example Professional
             */
            name: string;
            /**
             * @description For a person.
             * @example Each started minute of a call
             */
            description: string;
            /**
             * @description Credits that are bought, without the bonus.
             * @example 500.00
             */
            credits: string;
            /**
             * @description Credits that come on top and cost nothing.
             * @example 50.00
             */
            bonus: string;
            /**
             * @description Credits and bonus together.
             * @example 550.00
             */
            total_credits: string;
            /** @description What it costs. */
            price: components["schemas"]["Money"];
            /**
             * @description The one to show first.
             * @example true
             */
            popular: boolean;
            /**
             * @description The credits expire at the end of the day so many days later; null for never.
             * @example 365
             */
            validity_days: number | null;
            /**
             * @description The bonus expires at the end of the day so many days later; null for never.
             * @example 90
             */
            bonus_validity_days: number | null;
            /**
             * @description Where it stands in the list: lower is first.
             * @example 2
             */
            position: number;
            /**
             * @description No longer sold to anybody.
             * @example false
             */
            archived: boolean;
            /**
             * @description In no list, and sold to its audience only.
             * @example false
             */
            unlisted: boolean;
            /**
             * @description The accounts that may buy it while it is unlisted.
             * @example [
             *       "user-1"
             *     ]
             */
            audience: string[];
            /**
             * @description Counts changes; a change names the one that it was made of.
             * @example 1
             */
            version: number;
        };
        /**
         * @description Every package: those for sale, then unlisted ones, then archived ones.
         * @example {
         *       "items": [
         *         {
         *           "package_id": "professional",
         *           "name": "Professional",
         *           "description": "Each started minute of a call",
         *           "credits": "500.00",
         *           "bonus": "50.00",
         *           "total_credits": "550.00",
         *           "price": {
         *             "amount": 4500,
         *             "currency": "usd"
         *           },
         *           "popular": true,
         *           "validity_days": 365,
         *           "bonus_validity_days": 90,
         *           "position": 2,
         *           "archived": false,
         *           "unlisted": false,
         *           "audience": [
         *             "user-1"
         *           ],
         *           "version": 1
         *         }
         *       ]
         *     }
         */
        AdminPackages: {
            /** @description What was asked for. */
            items: components["schemas"]["AdminPackage"][];
        };
        /**
         * @description The prices of a plan by operation, and all drafts.
         * @example {
         *       "items": [
         *         {
         *           "operation": "message",
         *           "plan": "default",
         *           "version": 0,
         *           "versions": [
         *             {
         *               "operation": "message",
         *               "plan": "default",
         *               "effective_from": "2026-11-22T22:24:16Z",
         *               "upcoming": false,
         *               "ended": false,
         *               "units": [
         *                 {
         *                   "unit": "message",
         *                   "rate": "0.10",
         *                   "increment": "1",
         *                   "minimum": "1",
         *                   "description": "Text message processing",
         *                   "counted": true
         *                 }
         *               ],
         *               "price_id": "ZGVmYXVsdCNtZXNzYWdlQDE4OTM0NTYwMDA",
         *               "state": "current"
         *             }
         *           ]
         *         }
         *       ],
         *       "drafts": []
         *     }
         */
        AdminPrices: {
            /** @description What was asked for. */
            items: components["schemas"]["OperationPrices"][];
            /** @description What is not announced yet, of any plan, by id. */
            drafts: components["schemas"]["PriceDraft"][];
        };
        /**
         * @description A call that may start. `metadata` goes unchanged into the call's `assistantOverrides`.
         * @example {
         *       "allowed": true,
         *       "hold_id": "Mjp1c2VyLTE",
         *       "max_duration_seconds": 600,
         *       "warn_at_seconds": 540,
         *       "metadata": {
         *         "prepaid_reference": "dGhlIHNpZ25hdHVyZQ"
         *       }
         *     }
         */
        AdmittedCall: {
            /**
             * @description The call may start.
             * @example true
             */
            allowed: boolean;
            /**
             * @description The hold that pays for the call.
             * @example Mjp1c2VyLTE
             */
            hold_id: string;
            /**
             * @description What the credits set aside pay for.
             * @example 600
             */
            max_duration_seconds: number;
            /**
             * @description When to warn the caller; null where no hook of Vapi's comes so late.
             * @example 540
             */
            warn_at_seconds: number | null;
            /**
             * @description To be passed on to the provider unchanged.
             * @example {
             *       "prepaid_reference": "dGhlIHNpZ25hdHVyZQ"
             *     }
             */
            metadata: {
                [key: string]: string;
            };
        };
        /**
         * @description A warning, with how the account stood at that moment.
         * @example {
         *       "alert_id": "MTc5NTM4NTM3MyMwMDAwMDAwMDAwMDcjYmFsYW5jZV9sb3c",
         *       "kind": "limit_near",
         *       "raised_at": "2026-11-22T22:24:16Z",
         *       "delivered_at": "2026-11-22T22:24:17Z",
         *       "quiet": false,
         *       "thresholds": [
         *         "20.00",
         *         "0.00"
         *       ],
         *       "limit": {
         *         "operation": "vapi_call",
         *         "window": "day",
         *         "set_by": "user",
         *         "amount": "5.00",
         *         "used": "4.00",
         *         "held": "0.00",
         *         "left": "1.00",
         *         "resets_at": "2026-11-23T00:00:00Z"
         *       },
         *       "runway": {
         *         "thresholds": [
         *           14,
         *           7
         *         ],
         *         "days_left": 5,
         *         "per_day": "5.57",
         *         "spent": "39.01"
         *       },
         *       "spike": {
         *         "hour": "2026-11-22T22:00:00Z",
         *         "spent": "28.00",
         *         "usual": "3.50"
         *       },
         *       "expiring": [
         *         {
         *           "expires_at": "2026-12-31T23:00:00Z",
         *           "amount": "2.60"
         *         }
         *       ],
         *       "expires_within_days": 7,
         *       "balance": "97.40",
         *       "available": "97.40",
         *       "seq": 7,
         *       "deliveries": [
         *         {
         *           "channel": "email",
         *           "state": "sent",
         *           "at": "2026-11-22T22:24:18Z"
         *         }
         *       ],
         *       "repeat_at": "2026-11-29T22:24:17Z",
         *       "acknowledged_at": "2026-11-22T22:30:00Z",
         *       "acknowledged_by": "user:user-1"
         *     }
         */
        Alert: {
            /**
             * @description The alert.
             * @example MTc5NTM4NTM3MyMwMDAwMDAwMDAwMDcjYmFsYW5jZV9sb3c
             */
            alert_id: string;
            /**
             * @description What it is about.
             * @example limit_near
             */
            kind: components["schemas"]["AlertKind"];
            /**
             * Format: date-time
             * @description When the account was warned.
             * @example 2026-11-22T22:24:16Z
             */
            raised_at: string;
            /**
             * @description Null while it waits, or stays quiet.
             * @example 2026-11-22T22:24:17Z
             */
            delivered_at: string | null;
            /**
             * @description It is not delivered: the like was within the last hour.
             * @example false
             */
            quiet: boolean;
            /**
             * @description Balances below which the account is warned.
             * @example [
             *       "20.00",
             *       "0.00"
             *     ]
             */
            thresholds: string[];
            /**
             * @description How many items a page has at most; more than 100 is taken as 100.
             * @example {
             *       "operation": "vapi_call",
             *       "window": "day",
             *       "set_by": "user",
             *       "amount": "5.00",
             *       "used": "4.00",
             *       "held": "0.00",
             *       "left": "1.00",
             *       "resets_at": "2026-11-23T00:00:00Z"
             *     }
             */
            limit: components["schemas"]["SpendingLimit"] | null;
            /**
             * @description How long what is available lasts at the rate of the last seven whole days; null with usage on fewer than three of them.
             * @example {
             *       "thresholds": [
             *         14,
             *         7
             *       ],
             *       "days_left": 5,
             *       "per_day": "5.57",
             *       "spent": "39.01"
             *     }
             */
            runway: components["schemas"]["AlertRunway"] | null;
            /**
             * @description The hour that cost far more than usual.
             * @example {
             *       "hour": "2026-11-22T22:00:00Z",
             *       "spent": "28.00",
             *       "usual": "3.50"
             *     }
             */
            spike: components["schemas"]["AlertSpike"] | null;
            /** @description The credits that expire next; an empty object where none do. */
            expiring: components["schemas"]["EndingOut"][];
            /**
             * @description How soon the first of them expires: 30, 7 or 1.
             * @example 7
             */
            expires_within_days: number | null;
            /**
             * @description The sum of all entries; below 0 it is a debt.
             * @example 97.40
             */
            balance: string;
            /**
             * @description What can be spent now: the balance, less open holds and what is protected.
             * @example 97.40
             */
            available: string;
            /**
             * @description The entry's number in its account, from 1, without a gap.
             * @example 7
             */
            seq: number;
            /** @description What became of it so far. */
            deliveries: components["schemas"]["AlertDelivery"][];
            /**
             * @description When it is announced again, if the balance is low still.
             * @example 2026-11-29T22:24:17Z
             */
            repeat_at: string | null;
            /**
             * @description When somebody had seen it first.
             * @example 2026-11-22T22:30:00Z
             */
            acknowledged_at: string | null;
            /**
             * @description Who that was: a role and a subject.
             * @example user:user-1
             */
            acknowledged_by: string | null;
        };
        /**
         * @description What became of an alert by one channel, for mail of one address.
         * @example {
         *       "channel": "email",
         *       "state": "sent",
         *       "at": "2026-11-22T22:24:18Z"
         *     }
         */
        AlertDelivery: {
            /**
             * @description By what it is sent.
             * @example email
             */
            channel: components["schemas"]["Channel"];
            /**
             * @description What became of it: scheduled, available, used_up, expired or voided.
             * @example sent
             */
            state: components["schemas"]["AlertDeliveryState"];
            /**
             * Format: date-time
             * @description When that was.
             * @example 2026-11-22T22:24:18Z
             */
            at: string;
        };
        /**
         * @description What became of an alert for one receiver. The names are stored for ever.
         * @example sent
         * @enum {string}
         */
        AlertDeliveryState: "sent" | "suppressed" | "failed";
        /**
         * @description What an alert is about. The names are stored for ever.
         * @example balance_low
         * @enum {string}
         */
        AlertKind: "balance_low" | "balance_empty" | "balance_recovered" | "balance_still_low" | "limit_near" | "limit_reached" | "runway_low" | "runway_recovered" | "usage_spike" | "expiry_near";
        /**
         * @description A page of alerts, the latest first.
         * @example {
         *       "items": [
         *         {
         *           "alert_id": "MTc5NTM4NTM3MyMwMDAwMDAwMDAwMDcjYmFsYW5jZV9sb3c",
         *           "kind": "limit_near",
         *           "raised_at": "2026-11-22T22:24:16Z",
         *           "delivered_at": "2026-11-22T22:24:17Z",
         *           "quiet": false,
         *           "thresholds": [
         *             "20.00",
         *             "0.00"
         *           ],
         *           "limit": {
         *             "operation": "vapi_call",
         *             "window": "day",
         *             "set_by": "user",
         *             "amount": "5.00",
         *             "used": "4.00",
         *             "held": "0.00",
         *             "left": "1.00",
         *             "resets_at": "2026-11-23T00:00:00Z"
         *           },
         *           "runway": {
         *             "thresholds": [
         *               14,
         *               7
         *             ],
         *             "days_left": 5,
         *             "per_day": "5.57",
         *             "spent": "39.01"
         *           },
         *           "spike": {
         *             "hour": "2026-11-22T22:00:00Z",
         *             "spent": "28.00",
         *             "usual": "3.50"
         *           },
         *           "expiring": [
         *             {
         *               "expires_at": "2026-12-31T23:00:00Z",
         *               "amount": "2.60"
         *             }
         *           ],
         *           "expires_within_days": 7,
         *           "balance": "97.40",
         *           "available": "97.40",
         *           "seq": 7,
         *           "deliveries": [
         *             {
         *               "channel": "email",
         *               "state": "sent",
         *               "at": "2026-11-22T22:24:18Z"
         *             }
         *           ],
         *           "repeat_at": "2026-11-29T22:24:17Z",
         *           "acknowledged_at": "2026-11-22T22:30:00Z",
         *           "acknowledged_by": "user:user-1"
         *         }
         *       ],
         *       "next_cursor": "eyJhdCI6IjEifQ"
         *     }
         */
        AlertPage: {
            /** @description What was asked for. */
            items: components["schemas"]["Alert"][];
            /**
             * @description For the next page; null on the last.
             * @example eyJhdCI6IjEifQ
             */
            next_cursor: string | null;
        };
        /**
         * @description How long the credits last, of alerts of the runway.
         * @example {
         *       "thresholds": [
         *         14,
         *         7
         *       ],
         *       "days_left": 41,
         *       "per_day": "18.53",
         *       "spent": "12.50"
         *     }
         */
        AlertRunway: {
            /**
             * @description Balances below which the account is warned.
             * @example [
             *       14,
             *       7
             *     ]
             */
            thresholds: number[];
            /**
             * @description Whole days, rounded down.
             * @example 41
             */
            days_left: number;
            /**
             * @description Credits spent in a day, on average, rounded down.
             * @example 18.53
             */
            per_day: string;
            /**
             * @description Credits spent in the seven whole days before.
             * @example 12.50
             */
            spent: string;
        };
        /**
         * @description An hour in which usage cost far more than usual.
         * @example {
         *       "hour": "2026-11-22T22:00:00Z",
         *       "spent": "12.50",
         *       "usual": "3.50"
         *     }
         */
        AlertSpike: {
            /**
             * Format: date-time
             * @description When the hour began.
             * @example 2026-11-22T22:00:00Z
             */
            hour: string;
            /**
             * @description What usage had cost in it by then.
             * @example 12.50
             */
            spent: string;
            /**
             * @description What an hour of the seven whole days before cost, on average, rounded down.
             * @example 3.50
             */
            usual: string;
        };
        /**
         * @description The account that a case belongs to.
         * @example {
         *       "account_id": "user-1",
         *       "reason": "The number belongs to them."
         *     }
         */
        Assignment: {
            /**
             * @description The account whose call it was.
             * @example user-1
             */
            account_id: string;
            /**
             * @description Why, in your words; kept with the case.
             * @example The number belongs to them.
             */
            reason?: string | null;
        };
        /**
         * @description A page of what admins did, newest first.
         * @example {
         *       "items": [
         *         {
         *           "at": "2026-11-22T22:24:16Z",
         *           "actor": "user:user-1",
         *           "action": "adjust",
         *           "subject": "user-1",
         *           "account_id": "user-1",
         *           "reason": "Goodwill after an outage",
         *           "note": "Ticket 4182",
         *           "before": {
         *             "balance": "10.00"
         *           },
         *           "after": {
         *             "balance": "35.00"
         *           },
         *           "entry_id": "YTphZGp1c3Q6Zml4",
         *           "request_id": "b1946ac9-2490"
         *         }
         *       ],
         *       "next_cursor": "eyJhdCI6IjEifQ"
         *     }
         */
        AuditPage: {
            /** @description What was asked for. */
            items: components["schemas"]["AuditRow"][];
            /**
             * @description For the next page; null on the last.
             * @example eyJhdCI6IjEifQ
             */
            next_cursor: string | null;
        };
        /**
         * @description One act of an admin.
         * @example {
         *       "at": "2026-11-22T22:24:16Z",
         *       "actor": "user:user-1",
         *       "action": "adjust",
         *       "subject": "user-1",
         *       "account_id": "user-1",
         *       "reason": "Goodwill after an outage",
         *       "note": "Ticket 4182",
         *       "before": {
         *         "balance": "10.00"
         *       },
         *       "after": {
         *         "balance": "35.00"
         *       },
         *       "entry_id": "YTphZGp1c3Q6Zml4",
         *       "request_id": "b1946ac9-2490"
         *     }
         */
        AuditRow: {
            /**
             * Format: date-time
             * @description When it was done.
             * @example 2026-11-22T22:24:16Z
             */
            at: string;
            /**
             * @description Who caused it: a role and a subject, or the part of the system.
             * @example user:user-1
             */
            actor: string;
            /**
             * @description What was done.
             * @example adjust
             */
            action: string;
            /**
             * @description What it was done to: an account, or what the action names.
             * @example user-1
             */
            subject: string;
            /**
             * @description The account that it was done to; null where it was none.
             * @example user-1
             */
            account_id: string | null;
            /**
             * @description Why, in the words of whoever did it.
             * @example Goodwill after an outage
             */
            reason: string | null;
            /**
             * @description For admins only; the owner of the account never sees it.
             * @example Ticket 4182
             */
            note: string | null;
            /**
             * @description What was before, as far as the action changes it.
             * @example {
             *       "balance": "10.00"
             *     }
             */
            before: {
                [key: string]: unknown;
            };
            /**
             * @description What was after.
             * @example {
             *       "balance": "35.00"
             *     }
             */
            after: {
                [key: string]: unknown;
            };
            /**
             * @description The entry that it made; null where it made none.
             * @example YTphZGp1c3Q6Zml4
             */
            entry_id: string | null;
            /**
             * @description To quote when you ask for help.
             * @example b1946ac9-2490
             */
            request_id: string;
        };
        /**
         * @description What an account has and can spend, with everything settled that has ended by `as_of`.
         *
         *     `grants` stand in the order in which they burn.
         * @example {
         *       "account_id": "user-1",
         *       "name": "Ada Lovelace",
         *       "balance": "97.40",
         *       "held": "5.00",
         *       "available": "97.40",
         *       "protected": "0.00",
         *       "status": "active",
         *       "level": "healthy",
         *       "unlimited": false,
         *       "runway": {
         *         "days_left": 41,
         *         "per_day": "18.53",
         *         "spent": "129.71",
         *         "days": 7
         *       },
         *       "next_expiry": {
         *         "amount": "25.00",
         *         "at": "2026-12-31T23:00:00Z"
         *       },
         *       "next_grant": {
         *         "amount": "50.00",
         *         "at": "2026-12-31T23:00:00Z",
         *         "name": "Monthly allowance"
         *       },
         *       "grants": [
         *         {
         *           "grant_id": "g1",
         *           "kind": "purchased",
         *           "amount": "100.00",
         *           "remaining": "97.40",
         *           "protected": "0.00",
         *           "expires_at": "2026-12-31T23:00:00Z",
         *           "priority": 50
         *         }
         *       ],
         *       "holds": [
         *         {
         *           "hold_id": "MTI6dXNlci0x",
         *           "amount": "5.00",
         *           "operation": "vapi_call",
         *           "expires_at": "2026-12-31T23:00:00Z"
         *         }
         *       ],
         *       "limits": [],
         *       "expiring": {
         *         "amount": "25.00",
         *         "at": "2026-12-31T23:00:00Z"
         *       },
         *       "pending": [],
         *       "as_of": "2026-11-22T22:24:16Z"
         *     }
         */
        Balance: {
            /**
             * @description Whose account it is: an id of your own system.
             * @example user-1
             */
            account_id: string;
            /**
             * @description Whose it is, as the host said; null where it did not.
             * @example Ada Lovelace
             */
            name: string | null;
            /**
             * @description The sum of all entries; below 0 it is a debt.
             * @example 97.40
             */
            balance: string;
            /**
             * @description The sum of open holds.
             * @example 5.00
             */
            held: string;
            /**
             * @description What can be spent now: the balance, less open holds and what is protected.
             * @example 97.40
             */
            available: string;
            /**
             * @description Part of the balance that has expired and that only open holds keep; it is not available, and goes when they end.
             * @example 0.00
             */
            protected: string;
            /** @description Where it stands. */
            status: components["schemas"]["AccountStatus"];
            /**
             * @description How the account stands, in one word: `frozen` (or closed), `unlimited`, `debt`, `empty` and `low` come before `healthy`, in this order.
             * @example healthy
             */
            level: components["schemas"]["Level"];
            /**
             * @description Usage is recorded at its full price and not paid.
             * @example false
             */
            unlimited: boolean;
            /** @description How long what is available lasts at the rate of the last seven whole days; null with usage on fewer than three of them. */
            runway: components["schemas"]["Runway"] | null;
            /** @description What expires next; null where nothing does. */
            next_expiry: components["schemas"]["Expiring"] | null;
            /** @description What a schedule gives next; null where nothing is scheduled. */
            next_grant: components["schemas"]["NextGrant"] | null;
            /** @description What is left of the credits that were given, in the order in which they burn. */
            grants: components["schemas"]["Grant"][];
            /** @description Open holds. */
            holds: components["schemas"]["Hold"][];
            /**
             * @description The most credits that usage may cost in an hour, a day or a month.
             * @example []
             */
            limits: components["schemas"]["SpendingLimit"][];
            /** @description The credits that expire next; an empty object where none do. */
            expiring: components["schemas"]["Expiring"] | components["schemas"]["NothingExpiring"];
            /**
             * @description What has ended and is not written yet, in order: why the balance differs from the last entry's `balance_after`.
             * @example []
             */
            pending: components["schemas"]["PendingEntry"][];
            /**
             * Format: date-time
             * @description The moment for which the answer is true.
             * @example 2026-11-22T22:24:16Z
             */
            as_of: string;
        };
        /**
         * @description An amount taken from one grant.
         * @example {
         *       "grant_id": "g1",
         *       "amount": "2.60"
         *     }
         */
        Burn: {
            /**
             * @description The grant, unique in its account.
             * @example g1
             */
            grant_id: string;
            /**
             * @description Credits taken from this grant.
             * @example 2.60
             */
            amount: string;
        };
        /**
         * @description What was spent on the seven days before today.
         * @example {
         *       "days": 7,
         *       "spent": "35.00",
         *       "per_day": "18.53",
         *       "days_left": 41
         *     }
         */
        BurnRate: {
            /**
             * @description How many days these are.
             * @example 7
             */
            days: number;
            /**
             * @description On all of these days, less what was given back.
             * @example 35.00
             */
            spent: string;
            /**
             * @description The mean of a day, rounded down.
             * @example 18.53
             */
            per_day: string;
            /**
             * @description Whole days that what is available lasts at this rate.
             * @example 41
             */
            days_left: number;
        };
        /**
         * @description How a cost came about, frozen when it was posted.
         * @example {
         *       "price_version": "default#vapi_call@0",
         *       "lines": [
         *         {
         *           "unit": "minute",
         *           "quantity": "3.2",
         *           "billed": "3.2",
         *           "rate": "0.50",
         *           "cost": "1.60"
         *         }
         *       ],
         *       "carry_before": "0",
         *       "carry_after": "0",
         *       "cost": "2.60"
         *     }
         */
        Calculation: {
            /**
             * @description The version of the price that was used.
             * @example default#vapi_call@0
             */
            price_version: string;
            /** @description The cost of each unit. */
            lines: components["schemas"]["CalculationLine"][];
            /**
             * @description Credits that earlier roundings left.
             * @example 0
             */
            carry_before: string;
            /**
             * @description Credits that this rounding leaves.
             * @example 0
             */
            carry_after: string;
            /**
             * @description Credits that were billed.
             * @example 2.60
             */
            cost: string;
        };
        /**
         * @description One unit's share of a cost.
         * @example {
         *       "unit": "minute",
         *       "quantity": "3.2",
         *       "billed": "3.2",
         *       "rate": "0.50",
         *       "cost": "1.60"
         *     }
         */
        CalculationLine: {
            /**
             * @description A unit of the operation.
             * @example minute
             */
            unit: string;
            /**
             * @description How much was used.
             * @example 3.2
             */
            quantity: string;
            /**
             * @description After the minimum and the billing increment.
             * @example 3.2
             */
            billed: string;
            /**
             * @description Credits for one unit.
             * @example 0.50
             */
            rate: string;
            /**
             * @description Credits.
             * @example 1.60
             */
            cost: string;
        };
        /**
         * @description A call as far as it is known.
         * @example {
         *       "call_id": "0197a3c2-7d31-7e55-9b4c-1a2b3c4d5e6f",
         *       "account_id": "user-1",
         *       "hold_id": "Mjp1c2VyLTE",
         *       "status": "ended",
         *       "duration_seconds": "192.000",
         *       "settled": "paid"
         *     }
         */
        Call: {
            /**
             * @description The provider's id of the call.
             * @example 0197a3c2-7d31-7e55-9b4c-1a2b3c4d5e6f
             */
            call_id: string;
            /**
             * @description Who pays; null while that is not known.
             * @example user-1
             */
            account_id: string | null;
            /**
             * @description The hold that pays for the call; null without one.
             * @example Mjp1c2VyLTE
             */
            hold_id: string | null;
            /**
             * @description Where it stands.
             * @example ended
             */
            status: string | null;
            /**
             * @description With three places; null until it is known.
             * @example 192.000
             */
            duration_seconds: string | null;
            /**
             * @description paid or not_billed; null until it is settled.
             * @example paid
             */
            settled: string | null;
        };
        /**
         * @description The hold that a call is paid out of; its id names the account.
         * @example {
         *       "hold_id": "Mjp1c2VyLTE"
         *     }
         */
        CallBinding: {
            /**
             * @description The hold that pays for the call; its id names the account.
             * @example Mjp1c2VyLTE
             */
            hold_id: string;
        };
        /**
         * @description A call that may not start; nothing was written.
         * @example {
         *       "allowed": false,
         *       "reason": "insufficient_credits",
         *       "required": "1.09",
         *       "available": "0.90"
         *     }
         */
        CallNotAdmitted: {
            /**
             * @description The call may not start.
             * @example false
             */
            allowed: boolean;
            /**
             * @description The code of the refusal.
             * @example insufficient_credits
             */
            reason: string;
            /**
             * @description What the shortest call needs.
             * @example 1.09
             */
            required: string;
            /**
             * @description Credits that can be spent now.
             * @example 0.90
             */
            available: string;
        };
        /**
         * @description What was used out of a hold; the rest of it is released, unless more will be captured.
         *
         *     Several captures of a hold cost together what one capture of their sum would.
         * @example {
         *       "quantities": {
         *         "call": 1,
         *         "minute": 3.2
         *       }
         *     }
         * @example {
         *       "amount": "1.60"
         *     }
         * @example {
         *       "quantities": {
         *         "minute": 1
         *       },
         *       "final": false
         *     }
         * @example {
         *       "quantities": {
         *         "call": 0,
         *         "minute": 0
         *       }
         *     }
         */
        Capture: {
            /**
             * @description Quantities by unit.
             * @example {
             *       "call": "1",
             *       "minute": "3.2"
             *     }
             */
            quantities?: {
                [key: string]: string | number;
            } | null;
            /**
             * @description How much was used, of an operation that has a single unit. More than six places are rounded, half to even.
             * @example 3.2
             */
            quantity?: (string | number) | null;
            /**
             * @description Credits that were used, instead of a quantity; 0 releases the hold.
             * @example 1.60
             */
            amount?: (string | number) | null;
            /** @description Whether the hold ends; with false it stays open, with what was captured less. */
            final?: boolean | null;
            /**
             * @description Your own name for what happened.
             * @example call c-1
             */
            reference?: string | null;
            /**
             * @description Your own notes, at most 1 KB and 16 keys. Numbers are kept as text, as they were written.
             * @example {
             *       "call_id": "c-1"
             *     }
             */
            metadata?: {
                [key: string]: string | number | boolean;
            } | null;
        };
        /**
         * @description The card that a purchase was paid with.
         * @example {
         *       "brand": "visa",
         *       "last4": "4242"
         *     }
         */
        Card: {
            /**
             * @description The card's network, in lower case.
             * @example visa
             */
            brand: string;
            /**
             * @description Its last four digits.
             * @example 4242
             */
            last4: string;
        };
        /**
         * @description The prices of an operation after a change, and the version that it was about.
         * @example {
         *       "operation": "message",
         *       "plan": "default",
         *       "version": 1,
         *       "versions": [],
         *       "price_id": "ZGVmYXVsdCNtZXNzYWdlQDE4OTM0NTYwMDA"
         *     }
         */
        ChangedPrices: {
            /**
             * @description Which operation it is.
             * @example message
             */
            operation: string;
            /**
             * @description The plan for which the price holds.
             * @example default
             */
            plan: string;
            /**
             * @description What the next change is to name.
             * @example 2
             */
            version: number;
            /** @description Oldest first. */
            versions: components["schemas"]["PriceVersion"][];
            /**
             * @description The version that the change was about.
             * @example ZGVmYXVsdCNtZXNzYWdlQDE4OTM0NTYwMDA
             */
            price_id: string;
        };
        /**
         * @description By what an alert is sent. The names are stored for ever.
         * @example bus
         * @enum {string}
         */
        Channel: "bus" | "sns" | "email";
        /**
         * @description By what the account hears of its alerts.
         * @example {
         *       "bus": true,
         *       "sns": false,
         *       "email": true
         *     }
         */
        Channels: {
            /**
             * @description The stack's event bus.
             * @example true
             */
            bus: boolean;
            /**
             * @description The stack's SNS topic.
             * @example false
             */
            sns: boolean;
            /**
             * @description Mail to those recipients who agreed.
             * @example true
             */
            email: boolean;
        };
        /**
         * @description An operation that might be used.
         * @example {
         *       "operation": "vapi_call",
         *       "quantities": {
         *         "call": 1,
         *         "minute": 3.2
         *       }
         *     }
         */
        Check: {
            /**
             * @description Quantities by unit.
             * @example {
             *       "call": "1",
             *       "minute": "3.2"
             *     }
             */
            quantities?: {
                [key: string]: string | number;
            } | null;
            /**
             * @description How much was used, of an operation that has a single unit. More than six places are rounded, half to even.
             * @example 3.2
             */
            quantity?: (string | number) | null;
            /**
             * @description What is metered: a name of the price list.
             * @example vapi_call
             */
            operation: string;
            /**
             * @description Whose credits: a service must name the account; others may only name their own.
             * @example user-1
             */
            account_id?: string | null;
        };
        /**
         * @description Whether usage would be accepted now, and how far the credits reach.
         * @example {
         *       "allowed": true,
         *       "reason": "insufficient_credits",
         *       "cost": "2.60",
         *       "available": "97.40",
         *       "max_units": {
         *         "minute": "194.8"
         *       },
         *       "seconds_affordable": 11688,
         *       "limits": []
         *     }
         */
        CheckResult: {
            /**
             * @description Usage would be accepted now.
             * @example true
             */
            allowed: boolean;
            /**
             * @description The code of the refusal that would come; null where it is allowed.
             * @example insufficient_credits
             */
            reason: string | null;
            /**
             * @description What the usage would cost.
             * @example 2.60
             */
            cost: string;
            /**
             * @description What can be spent now: the balance, less open holds and what is protected.
             * @example 97.40
             */
            available: string;
            /**
             * @description The most of each unit, with the other units as asked.
             * @example {
             *       "minute": "194.8"
             *     }
             */
            max_units: {
                [key: string]: string;
            };
            /**
             * @description How long the available credits last, where a unit is a time; null where none is.
             * @example 11688
             */
            seconds_affordable: number | null;
            /**
             * @description The most credits that usage may cost in an hour, a day or a month.
             * @example []
             */
            limits: components["schemas"]["SpendingLimit"][];
        };
        /**
         * @description A limit as it was set.
         * @example {
         *       "operation": "vapi_call",
         *       "window": "day",
         *       "amount": "5.00"
         *     }
         */
        ChosenLimit: {
            /**
             * @description The operation that is limited; null for all.
             * @example vapi_call
             */
            operation: string | null;
            /**
             * @description The time in which a limit counts. Hours are those of UTC, days and months the account's.
             * @example day
             */
            window: components["schemas"]["Window"];
            /**
             * @description The most credits that usage may cost in a window.
             * @example 5.00
             */
            amount: string;
        };
        /**
         * @description Limits as they were set.
         * @example {
         *       "daily": "5.00",
         *       "monthly": "100.00",
         *       "others": [
         *         {
         *           "operation": "vapi_call",
         *           "window": "hour",
         *           "amount": "2.00"
         *         }
         *       ]
         *     }
         */
        ChosenLimits: {
            /**
             * @description The most credits that usage of all operations may cost in a day.
             * @example 5.00
             */
            daily: string | null;
            /**
             * @description The most credits that usage of all operations may cost in a month.
             * @example 100.00
             */
            monthly: string | null;
            /**
             * @description Limits by the hour, or of one operation.
             * @example [
             *       {
             *         "operation": "vapi_call",
             *         "window": "hour",
             *         "amount": "2.00"
             *       }
             *     ]
             */
            others: components["schemas"]["ChosenLimit"][];
        };
        /**
         * @description What is the same for every account, and no secret.
         * @example {
         *       "publishable_key": "pk_test_51",
         *       "live": false,
         *       "currencies": [
         *         "usd"
         *       ],
         *       "default_thresholds": [
         *         "20.00"
         *       ],
         *       "default_runway_thresholds": [
         *         7
         *       ],
         *       "runway_days": 7,
         *       "default_page": 50,
         *       "max_range_days": 366
         *     }
         */
        Config: {
            /**
             * @description Stripe's key for the browser.
             * @example pk_test_51
             */
            publishable_key: string | null;
            /**
             * @description Real money moves.
             * @example false
             */
            live: boolean;
            /**
             * @description What packages for sale are priced in.
             * @example [
             *       "usd"
             *     ]
             */
            currencies: string[];
            /**
             * @description Balances below which an account counts as low until it chooses its own.
             * @example [
             *       "20.00"
             *     ]
             */
            default_thresholds: string[];
            /**
             * @description Days; an account is warned of a shorter runway until it chooses its own.
             * @example [
             *       7
             *     ]
             */
            default_runway_thresholds: number[];
            /**
             * @description How many whole days a runway looks back.
             * @example 7
             */
            runway_days: number;
            /**
             * @description How many items a page of a list has by default.
             * @example 50
             */
            default_page: number;
            /**
             * @description The longest range that a list or a report takes.
             * @example 366
             */
            max_range_days: number;
        };
        /**
         * @description Whether the owner of an address agreed; while not, the mail that asks was sent.
         * @example {
         *       "email": "user@example.com",
         *       "state": "unconfirmed"
         *     }
         */
        Confirmation: {
            /**
             * @description The address, in lower case.
             * @example user@example.com
             */
            email: string;
            /**
             * @description What became of it: scheduled, available, used_up, expired or voided.
             * @example unconfirmed
             */
            state: components["schemas"]["AddressState"];
        };
        /**
         * @description For how long a channel does not send the like again, in seconds.
         * @example {
         *       "bus": 0,
         *       "sns": 0,
         *       "email": 86400
         *     }
         */
        Cooldowns: {
            /**
             * @description Seconds.
             * @example 0
             */
            bus: number;
            /**
             * @description Seconds.
             * @example 0
             */
            sns: number;
            /**
             * @description Seconds.
             * @example 86400
             */
            email: number;
        };
        /**
         * @description A phone number or a campaign that belongs to nobody now.
         * @example {
         *       "phone_number_id": "5f0c6c1e-02b7-4d0a-a5b2-3a1d8e7f9c10",
         *       "deleted": true
         *     }
         */
        DeletedPhoneNumber: {
            /**
             * @description The provider's id of the number or of the campaign.
             * @example 5f0c6c1e-02b7-4d0a-a5b2-3a1d8e7f9c10
             */
            phone_number_id: string;
            /**
             * @description True.
             * @example true
             */
            deleted: boolean;
        };
        /**
         * @description A webhook to which nothing is sent any more.
         * @example {
         *       "webhook_id": "wh_0123456789abcdef0123456789abcdef"
         *     }
         */
        DeletedWebhook: {
            /**
             * @description Names the webhook.
             * @example wh_0123456789abcdef0123456789abcdef
             */
            webhook_id: string;
        };
        /**
         * @description An event on its way to a webhook, with its latest tries.
         * @example {
         *       "delivery_id": "1795348800-0123456789abcdef0123456789abcdef",
         *       "webhook_id": "wh_0123456789abcdef0123456789abcdef",
         *       "message_id": "msg_0123456789abcdef0123456789abcdef",
         *       "event_type": "credits.balance.low.v1",
         *       "account_id": "user-1",
         *       "at": "2026-11-22T12:00:00Z",
         *       "state": "pending",
         *       "tried": 1,
         *       "next_at": "2026-11-22T12:00:05Z",
         *       "tries": [
         *         {
         *           "at": "2026-11-22T12:00:00Z",
         *           "duration_ms": 120,
         *           "status": 500,
         *           "error": "timed_out",
         *           "response": "Internal Server Error"
         *         }
         *       ]
         *     }
         */
        Delivery: {
            /**
             * @description Names the delivery.
             * @example 1795348800-0123456789abcdef0123456789abcdef
             */
            delivery_id: string;
            /**
             * @description Names the webhook.
             * @example wh_0123456789abcdef0123456789abcdef
             */
            webhook_id: string;
            /**
             * @description The `webhook-id` that the receiver gets, on every try.
             * @example msg_0123456789abcdef0123456789abcdef
             */
            message_id: string;
            /**
             * @description What kind of event it is.
             * @example credits.balance.low.v1
             */
            event_type: string;
            /**
             * @description Whose event it is; null for what happens to no account.
             * @example user-1
             */
            account_id: string | null;
            /**
             * Format: date-time
             * @description When.
             * @example 2026-11-22T12:00:00Z
             */
            at: string;
            /**
             * @description What became of it: scheduled, available, used_up, expired or voided.
             * @example pending
             */
            state: components["schemas"]["DeliveryState"];
            /**
             * @description How often it was tried.
             * @example 1
             */
            tried: number;
            /**
             * @description When it is tried next.
             * @example 2026-11-22T12:00:05Z
             */
            next_at: string | null;
            /** @description The latest tries, at most 20, oldest first. */
            tries: components["schemas"]["DeliveryTry"][];
        };
        /**
         * @description A page of deliveries, the newest events first.
         * @example {
         *       "items": [
         *         {
         *           "delivery_id": "1795348800-0123456789abcdef0123456789abcdef",
         *           "webhook_id": "wh_0123456789abcdef0123456789abcdef",
         *           "message_id": "msg_0123456789abcdef0123456789abcdef",
         *           "event_type": "credits.balance.low.v1",
         *           "account_id": "user-1",
         *           "at": "2026-11-22T12:00:00Z",
         *           "state": "pending",
         *           "tried": 1,
         *           "next_at": "2026-11-22T12:00:05Z",
         *           "tries": [
         *             {
         *               "at": "2026-11-22T12:00:00Z",
         *               "duration_ms": 120,
         *               "status": 500,
         *               "error": "timed_out",
         *               "response": "Internal Server Error"
         *             }
         *           ]
         *         }
         *       ],
         *       "next_cursor": "eyJhdCI6IjEifQ"
         *     }
         */
        DeliveryPage: {
            /** @description What was asked for. */
            items: components["schemas"]["Delivery"][];
            /**
             * @description For the next page; null on the last.
             * @example eyJhdCI6IjEifQ
             */
            next_cursor: string | null;
        };
        /**
         * @description Where a delivery stands; `WAITING` is for its webhook to be enabled.
         * @example pending
         * @enum {string}
         */
        DeliveryState: "pending" | "succeeded" | "failed" | "waiting";
        /**
         * @description One try: the receiver's status, or why there was none.
         * @example {
         *       "at": "2026-11-22T12:00:00Z",
         *       "duration_ms": 120,
         *       "status": 500,
         *       "error": "timed_out",
         *       "response": "Internal Server Error"
         *     }
         */
        DeliveryTry: {
            /**
             * Format: date-time
             * @description When it was tried.
             * @example 2026-11-22T12:00:00Z
             */
            at: string;
            /**
             * @description How long it took, in milliseconds.
             * @example 120
             */
            duration_ms: number;
            /**
             * @description The receiver's HTTP status; null where there was none.
             * @example 500
             */
            status: number | null;
            /**
             * @description `timed_out`, `connection_failed`, `tls_failed`, `name_not_resolved`, or `address_refused` where the address is not a public one.
             * @example timed_out
             */
            error: string | null;
            /**
             * @description The beginning of what was answered.
             * @example Internal Server Error
             */
            response: string;
        };
        /**
         * @description Why a webhook is disabled.
         * @example asked
         * @enum {string}
         */
        DisabledBecause: "asked" | "gone" | "failing";
        /**
         * @description A body without fields: ``{}``, or none at all.
         * @example {}
         */
        Empty: Record<string, never>;
        /**
         * @description Credits that expire at one moment.
         * @example {
         *       "expires_at": "2026-12-31T23:00:00Z",
         *       "amount": "2.60"
         *     }
         */
        EndingOut: {
            /**
             * Format: date-time
             * @description When it expires; null where it never does.
             * @example 2026-12-31T23:00:00Z
             */
            expires_at: string;
            /**
             * @description Credits.
             * @example 2.60
             */
            amount: string;
        };
        /**
         * @description One movement of an account; what does not apply to its kind is null or empty.
         * @example {
         *       "entry_id": "dTp1c2FnZTpjYWxsLTE",
         *       "account_id": "user-1",
         *       "seq": 7,
         *       "kind": "usage",
         *       "amount": "-2.60",
         *       "held_change": "0.00",
         *       "balance_after": "97.40",
         *       "available_after": "97.40",
         *       "operation": "vapi_call",
         *       "quantities": {
         *         "call": "1",
         *         "minute": "3.2"
         *       },
         *       "waived": "0.00",
         *       "shortfall": "0.00",
         *       "debt_paid": "0.00",
         *       "burned": [
         *         {
         *           "grant_id": "g1",
         *           "amount": "2.60"
         *         }
         *       ],
         *       "rounded": false,
         *       "hold_id": "MTI6dXNlci0x",
         *       "hold_amount": "5.00",
         *       "final": false,
         *       "grant_id": "g1",
         *       "expires_at": "2026-12-31T23:00:00Z",
         *       "reason": "Goodwill after an outage",
         *       "reference": "call c-1",
         *       "metadata": {
         *         "call_id": "c-1"
         *       },
         *       "actor": "user:user-1",
         *       "occurred_at": "2026-11-22T22:24:16Z",
         *       "posted_at": "2026-11-22T22:24:17Z",
         *       "usage_day": "2026-11-22"
         *     }
         */
        Entry: {
            /**
             * @description The entry's id.
             * @example dTp1c2FnZTpjYWxsLTE
             */
            entry_id: string;
            /**
             * @description Whose account it is: an id of your own system.
             * @example user-1
             */
            account_id: string;
            /**
             * @description The entry's number in its account, from 1, without a gap.
             * @example 7
             */
            seq: number;
            /** @description What kind it is. */
            kind: components["schemas"]["EntryKind"];
            /**
             * @description How the balance changed.
             * @example -2.60
             */
            amount: string;
            /**
             * @description How the sum of open holds changed.
             * @example 0.00
             */
            held_change: string;
            /**
             * @description The balance after the entry.
             * @example 97.40
             */
            balance_after: string;
            /**
             * @description What could be spent after the entry.
             * @example 97.40
             */
            available_after: string;
            /**
             * @description What is metered: a name of the price list.
             * @example vapi_call
             */
            operation: string | null;
            /**
             * @description Quantities by unit.
             * @example {
             *       "call": "1",
             *       "minute": "3.2"
             *     }
             */
            quantities: {
                [key: string]: string;
            };
            /**
             * @description Full price of usage that was not asked for.
             * @example 0.00
             */
            waived: string;
            /**
             * @description What a capture could not take, and absorbed.
             * @example 0.00
             */
            shortfall: string;
            /**
             * @description The part that went to a negative balance.
             * @example 0.00
             */
            debt_paid: string;
            /** @description From which grants the credits were taken, in order. */
            burned: components["schemas"]["Burn"][];
            /**
             * @description A quantity had more than six places.
             * @example false
             */
            rounded: boolean;
            /**
             * @description The hold, for its capture or void.
             * @example MTI6dXNlci0x
             */
            hold_id: string | null;
            /**
             * @description What the entry adds to its hold or takes from it; null without a hold.
             * @example 5.00
             */
            hold_amount: string | null;
            /** @description False for a capture that leaves its hold open. */
            final: boolean;
            /**
             * @description The grant, unique in its account.
             * @example g1
             */
            grant_id: string | null;
            /**
             * @description When it expires; null where it never does.
             * @example 2026-12-31T23:00:00Z
             */
            expires_at: string | null;
            /**
             * @description Why, in the words of whoever did it.
             * @example Goodwill after an outage
             */
            reason: string | null;
            /**
             * @description Your own name for what happened.
             * @example call c-1
             */
            reference: string | null;
            /**
             * @description Your own notes, at most 1 KB and 16 keys. Numbers are kept as text, as they were written.
             * @example {
             *       "call_id": "c-1"
             *     }
             */
            metadata: {
                [key: string]: string | boolean;
            };
            /**
             * @description Who caused it: a role and a subject, or the part of the system.
             * @example user:user-1
             */
            actor: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-11-22T22:24:16Z
             */
            occurred_at: string;
            /**
             * Format: date-time
             * @description When it was written.
             * @example 2026-11-22T22:24:17Z
             */
            posted_at: string;
            /**
             * @description The day in which it counts, in the account's time zone.
             * @example 2026-11-22
             */
            usage_day: string | null;
        };
        /**
         * @description What an entry records.
         * @example usage
         * @enum {string}
         */
        EntryKind: "usage" | "hold" | "capture" | "release" | "grant" | "purchase" | "bonus" | "adjustment" | "refund" | "dispute" | "expiry" | "status";
        /**
         * @description A page of entries, newest first.
         * @example {
         *       "items": [
         *         {
         *           "entry_id": "dTp1c2FnZTpjYWxsLTE",
         *           "account_id": "user-1",
         *           "seq": 7,
         *           "kind": "usage",
         *           "amount": "-2.60",
         *           "held_change": "0.00",
         *           "balance_after": "97.40",
         *           "available_after": "97.40",
         *           "operation": "vapi_call",
         *           "quantities": {
         *             "call": "1",
         *             "minute": "3.2"
         *           },
         *           "waived": "0.00",
         *           "shortfall": "0.00",
         *           "debt_paid": "0.00",
         *           "burned": [
         *             {
         *               "grant_id": "g1",
         *               "amount": "2.60"
         *             }
         *           ],
         *           "rounded": false,
         *           "hold_id": "MTI6dXNlci0x",
         *           "hold_amount": "5.00",
         *           "final": false,
         *           "grant_id": "g1",
         *           "expires_at": "2026-12-31T23:00:00Z",
         *           "reason": "Goodwill after an outage",
         *           "reference": "call c-1",
         *           "metadata": {
         *             "call_id": "c-1"
         *           },
         *           "actor": "user:user-1",
         *           "occurred_at": "2026-11-22T22:24:16Z",
         *           "posted_at": "2026-11-22T22:24:17Z",
         *           "usage_day": "2026-11-22"
         *         }
         *       ],
         *       "next_cursor": "eyJhdCI6IjEifQ"
         *     }
         */
        EntryPage: {
            /** @description What was asked for. */
            items: components["schemas"]["Entry"][];
            /**
             * @description For the next page; null on the last.
             * @example eyJhdCI6IjEifQ
             */
            next_cursor: string | null;
        };
        /**
         * @description One case; who resolved it and how is null while it is open.
         * @example {
         *       "exception_id": "dW5rbm93bl9jYWxsI2NhbGwtMQ",
         *       "kind": "unknown_call",
         *       "subject": "0197a3c2-7d31-7e55-9b4c-1a2b3c4d5e6f",
         *       "detail": "192000 ms, from number-1",
         *       "created_at": "2026-11-22T22:24:16Z",
         *       "account_id": "user-1",
         *       "resolved_at": "2026-11-22T22:24:16Z",
         *       "resolved_by": "admin:admin-1",
         *       "reason": "The number belongs to them."
         *     }
         */
        Exception: {
            /**
             * @description Names the case.
             * @example dW5rbm93bl9jYWxsI2NhbGwtMQ
             */
            exception_id: string;
            /**
             * @description What kind of case it is.
             * @example unknown_call
             */
            kind: string;
            /**
             * @description What the case is about, such as a call's id.
             * @example 0197a3c2-7d31-7e55-9b4c-1a2b3c4d5e6f
             */
            subject: string;
            /**
             * @description What shows it.
             * @example 192000 ms, from number-1
             */
            detail: string;
            /**
             * Format: date-time
             * @description When it was reported first.
             * @example 2026-11-22T22:24:16Z
             */
            created_at: string;
            /**
             * @description The account that it was assigned to.
             * @example user-1
             */
            account_id: string | null;
            /**
             * @description When it was resolved; null while it is open.
             * @example 2026-11-22T22:24:16Z
             */
            resolved_at: string | null;
            /**
             * @description Who resolved it: role and subject.
             * @example admin:admin-1
             */
            resolved_by: string | null;
            /**
             * @description Why it was resolved so.
             * @example The number belongs to them.
             */
            reason: string | null;
        };
        /**
         * @description A page of open cases, newest first.
         * @example {
         *       "items": [
         *         {
         *           "exception_id": "dW5rbm93bl9jYWxsI2NhbGwtMQ",
         *           "kind": "unknown_call",
         *           "subject": "0197a3c2-7d31-7e55-9b4c-1a2b3c4d5e6f",
         *           "detail": "192000 ms, from number-1",
         *           "created_at": "2026-11-22T22:24:16Z",
         *           "account_id": "user-1",
         *           "resolved_at": "2026-11-22T22:24:16Z",
         *           "resolved_by": "admin:admin-1",
         *           "reason": "The number belongs to them."
         *         }
         *       ],
         *       "next_cursor": "eyJhdCI6IjEifQ"
         *     }
         */
        ExceptionPage: {
            /** @description What was asked for. */
            items: components["schemas"]["Exception"][];
            /**
             * @description For the next page; null on the last.
             * @example eyJhdCI6IjEifQ
             */
            next_cursor: string | null;
        };
        /**
         * @description Why nothing more is to be done about a case.
         * @example {
         *       "reason": "Refunded by hand",
         *       "note": "Ticket 4182"
         *     }
         */
        ExceptionResolution: {
            /**
             * @description Why nothing more is to be done; kept with the case.
             * @example Refunded by hand
             */
            reason: string;
            /**
             * @description For admins only; the owner of the account never sees it.
             * @example Ticket 4182
             */
            note?: string | null;
        };
        /**
         * @description Why a case is tried again.
         * @example {
         *       "reason": "The receiver is back"
         *     }
         */
        ExceptionRetry: {
            /**
             * @description Why, for the log of admins.
             * @example The receiver is back
             */
            reason?: string | null;
        };
        /**
         * @description The credits that expire next.
         * @example {
         *       "amount": "25.00",
         *       "at": "2026-12-31T23:00:00Z"
         *     }
         */
        Expiring: {
            /**
             * @description Credits that expire then.
             * @example 25.00
             */
            amount: string;
            /**
             * Format: date-time
             * @description When.
             * @example 2026-12-31T23:00:00Z
             */
            at: string;
        };
        /**
         * @description An entry with how it came about, as data and as a sentence.
         * @example {
         *       "entry_id": "dTp1c2FnZTpjYWxsLTE",
         *       "account_id": "user-1",
         *       "seq": 7,
         *       "kind": "usage",
         *       "amount": "-2.60",
         *       "held_change": "0.00",
         *       "balance_after": "97.40",
         *       "available_after": "97.40",
         *       "operation": "vapi_call",
         *       "quantities": {
         *         "call": "1",
         *         "minute": "3.2"
         *       },
         *       "waived": "0.00",
         *       "shortfall": "0.00",
         *       "debt_paid": "0.00",
         *       "burned": [
         *         {
         *           "grant_id": "g1",
         *           "amount": "2.60"
         *         }
         *       ],
         *       "rounded": false,
         *       "hold_id": "MTI6dXNlci0x",
         *       "hold_amount": "5.00",
         *       "final": false,
         *       "grant_id": "g1",
         *       "expires_at": "2026-12-31T23:00:00Z",
         *       "reason": "Goodwill after an outage",
         *       "reference": "call c-1",
         *       "metadata": {
         *         "call_id": "c-1"
         *       },
         *       "actor": "user:user-1",
         *       "occurred_at": "2026-11-22T22:24:16Z",
         *       "posted_at": "2026-11-22T22:24:17Z",
         *       "usage_day": "2026-11-22",
         *       "calculation": {
         *         "price_version": "default#vapi_call@0",
         *         "lines": [
         *           {
         *             "unit": "minute",
         *             "quantity": "3.2",
         *             "billed": "3.2",
         *             "rate": "0.50",
         *             "cost": "1.60"
         *           }
         *         ],
         *         "carry_before": "0",
         *         "carry_after": "0",
         *         "cost": "2.60"
         *       },
         *       "changed": {
         *         "status": "frozen"
         *       },
         *       "explanation": "Took 2.60 credits for vapi_call: 1 call × 1.00 = 1.00, 3.2 minutes × 0.50 = 1.60.",
         *       "related": [
         *         {
         *           "entry_id": "dTp1c2FnZTpjYWxsLTE",
         *           "seq": 7,
         *           "kind": "usage",
         *           "amount": "-2.60",
         *           "held_change": "-5.00",
         *           "final": true,
         *           "reason": "Goodwill after an outage",
         *           "posted_at": "2026-11-22T22:24:17Z"
         *         }
         *       ]
         *     }
         */
        ExplainedEntry: {
            /**
             * @description The entry's id.
             * @example dTp1c2FnZTpjYWxsLTE
             */
            entry_id: string;
            /**
             * @description Whose account it is: an id of your own system.
             * @example user-1
             */
            account_id: string;
            /**
             * @description The entry's number in its account, from 1, without a gap.
             * @example 7
             */
            seq: number;
            /** @description What kind it is. */
            kind: components["schemas"]["EntryKind"];
            /**
             * @description How the balance changed.
             * @example -2.60
             */
            amount: string;
            /**
             * @description How the sum of open holds changed.
             * @example 0.00
             */
            held_change: string;
            /**
             * @description The balance after the entry.
             * @example 97.40
             */
            balance_after: string;
            /**
             * @description What could be spent after the entry.
             * @example 97.40
             */
            available_after: string;
            /**
             * @description What is metered: a name of the price list.
             * @example vapi_call
             */
            operation: string | null;
            /**
             * @description Quantities by unit.
             * @example {
             *       "call": "1",
             *       "minute": "3.2"
             *     }
             */
            quantities: {
                [key: string]: string;
            };
            /**
             * @description Full price of usage that was not asked for.
             * @example 0.00
             */
            waived: string;
            /**
             * @description What a capture could not take, and absorbed.
             * @example 0.00
             */
            shortfall: string;
            /**
             * @description The part that went to a negative balance.
             * @example 0.00
             */
            debt_paid: string;
            /** @description From which grants the credits were taken, in order. */
            burned: components["schemas"]["Burn"][];
            /**
             * @description A quantity had more than six places.
             * @example false
             */
            rounded: boolean;
            /**
             * @description The hold, for its capture or void.
             * @example MTI6dXNlci0x
             */
            hold_id: string | null;
            /**
             * @description What the entry adds to its hold or takes from it; null without a hold.
             * @example 5.00
             */
            hold_amount: string | null;
            /** @description False for a capture that leaves its hold open. */
            final: boolean;
            /**
             * @description The grant, unique in its account.
             * @example g1
             */
            grant_id: string | null;
            /**
             * @description When it expires; null where it never does.
             * @example 2026-12-31T23:00:00Z
             */
            expires_at: string | null;
            /**
             * @description Why, in the words of whoever did it.
             * @example Goodwill after an outage
             */
            reason: string | null;
            /**
             * @description Your own name for what happened.
             * @example call c-1
             */
            reference: string | null;
            /**
             * @description Your own notes, at most 1 KB and 16 keys. Numbers are kept as text, as they were written.
             * @example {
             *       "call_id": "c-1"
             *     }
             */
            metadata: {
                [key: string]: string | boolean;
            };
            /**
             * @description Who caused it: a role and a subject, or the part of the system.
             * @example user:user-1
             */
            actor: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-11-22T22:24:16Z
             */
            occurred_at: string;
            /**
             * Format: date-time
             * @description When it was written.
             * @example 2026-11-22T22:24:17Z
             */
            posted_at: string;
            /**
             * @description The day in which it counts, in the account's time zone.
             * @example 2026-11-22
             */
            usage_day: string | null;
            /** @description How the cost came about; null where nothing was priced. */
            calculation: components["schemas"]["Calculation"] | null;
            /**
             * @description What a status entry set.
             * @example {
             *       "status": "frozen"
             *     }
             */
            changed: {
                [key: string]: string | boolean;
            };
            /**
             * @description The entry in one sentence, for a person.
             * @example Took 2.60 credits for vapi_call: 1 call × 1.00 = 1.00, 3.2 minutes × 0.50 = 1.60.
             */
            explanation: string;
            /** @description What belongs to it, in order: a hold, its extensions, captures and end; a purchase, its bonus and what went back; a grant, and what expired of it or was voided. */
            related: components["schemas"]["RelatedEntry"][];
        };
        /**
         * @description An extended hold: the entry that extends it, whose `amount` is what is held besides.
         * @example {
         *       "entry_id": "dTp1c2FnZTpjYWxsLTE",
         *       "account_id": "user-1",
         *       "seq": 7,
         *       "kind": "usage",
         *       "amount": "2.60",
         *       "held_change": "0.00",
         *       "balance_after": "97.40",
         *       "available_after": "97.40",
         *       "operation": "vapi_call",
         *       "quantities": {
         *         "call": "1",
         *         "minute": "3.2"
         *       },
         *       "waived": "0.00",
         *       "shortfall": "0.00",
         *       "debt_paid": "0.00",
         *       "burned": [
         *         {
         *           "grant_id": "g1",
         *           "amount": "2.60"
         *         }
         *       ],
         *       "rounded": false,
         *       "hold_id": "MTI6dXNlci0x",
         *       "hold_amount": "5.00",
         *       "final": false,
         *       "grant_id": "g1",
         *       "expires_at": "2026-12-31T23:00:00Z",
         *       "reason": "Goodwill after an outage",
         *       "reference": "call c-1",
         *       "metadata": {
         *         "call_id": "c-1"
         *       },
         *       "actor": "user:user-1",
         *       "occurred_at": "2026-11-22T22:24:16Z",
         *       "posted_at": "2026-11-22T22:24:17Z",
         *       "usage_day": "2026-11-22"
         *     }
         */
        ExtendedHold: {
            /**
             * @description The entry's id.
             * @example dTp1c2FnZTpjYWxsLTE
             */
            entry_id: string;
            /**
             * @description Whose account it is: an id of your own system.
             * @example user-1
             */
            account_id: string;
            /**
             * @description The entry's number in its account, from 1, without a gap.
             * @example 7
             */
            seq: number;
            /** @description What kind it is. */
            kind: components["schemas"]["EntryKind"];
            /**
             * @description Credits.
             * @example 2.60
             */
            amount: string;
            /**
             * @description How the sum of open holds changed.
             * @example 0.00
             */
            held_change: string;
            /**
             * @description The balance after the entry.
             * @example 97.40
             */
            balance_after: string;
            /**
             * @description What could be spent after the entry.
             * @example 97.40
             */
            available_after: string;
            /**
             * @description What is metered: a name of the price list.
             * @example vapi_call
             */
            operation: string | null;
            /**
             * @description Quantities by unit.
             * @example {
             *       "call": "1",
             *       "minute": "3.2"
             *     }
             */
            quantities: {
                [key: string]: string;
            };
            /**
             * @description Full price of usage that was not asked for.
             * @example 0.00
             */
            waived: string;
            /**
             * @description What a capture could not take, and absorbed.
             * @example 0.00
             */
            shortfall: string;
            /**
             * @description The part that went to a negative balance.
             * @example 0.00
             */
            debt_paid: string;
            /** @description From which grants the credits were taken, in order. */
            burned: components["schemas"]["Burn"][];
            /**
             * @description A quantity had more than six places.
             * @example false
             */
            rounded: boolean;
            /**
             * @description The hold, for its capture or void.
             * @example MTI6dXNlci0x
             */
            hold_id: string;
            /**
             * @description What the entry adds to its hold or takes from it; null without a hold.
             * @example 5.00
             */
            hold_amount: string | null;
            /** @description False for a capture that leaves its hold open. */
            final: boolean;
            /**
             * @description The grant, unique in its account.
             * @example g1
             */
            grant_id: string | null;
            /**
             * Format: date-time
             * @description When it expires; null where it never does.
             * @example 2026-12-31T23:00:00Z
             */
            expires_at: string;
            /**
             * @description Why, in the words of whoever did it.
             * @example Goodwill after an outage
             */
            reason: string | null;
            /**
             * @description Your own name for what happened.
             * @example call c-1
             */
            reference: string | null;
            /**
             * @description Your own notes, at most 1 KB and 16 keys. Numbers are kept as text, as they were written.
             * @example {
             *       "call_id": "c-1"
             *     }
             */
            metadata: {
                [key: string]: string | boolean;
            };
            /**
             * @description Who caused it: a role and a subject, or the part of the system.
             * @example user:user-1
             */
            actor: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-11-22T22:24:16Z
             */
            occurred_at: string;
            /**
             * Format: date-time
             * @description When it was written.
             * @example 2026-11-22T22:24:17Z
             */
            posted_at: string;
            /**
             * @description The day in which it counts, in the account's time zone.
             * @example 2026-11-22
             */
            usage_day: string | null;
        };
        /**
         * @description One field that was wrong.
         * @example {
         *       "pointer": "/quantities/minute",
         *       "code": "pattern",
         *       "detail": "Must be at least 0.",
         *       "in": "body"
         *     }
         */
        FieldError: {
            /**
             * @description The field, as a JSON pointer.
             * @example /quantities/minute
             */
            pointer: string;
            /**
             * @description What kind of mistake it is.
             * @example pattern
             */
            code?: string;
            /**
             * @description What is wrong with it, for a person.
             * @example Must be at least 0.
             */
            detail: string;
            /**
             * @description Where the field stands: body, query, path or header.
             * @example body
             */
            in?: string;
        };
        /**
         * @description What moved in all accounts.
         * @example {
         *       "movements": {
         *         "sold": "12.50",
         *         "bonus": "50.00",
         *         "granted": "12.50",
         *         "added": "12.50",
         *         "reversed": "0.00",
         *         "removed": "12.50",
         *         "spent": "12.50",
         *         "expired": "0.00",
         *         "refunded": "12.50",
         *         "net": "12.50"
         *       },
         *       "usage": {},
         *       "money": {},
         *       "earned": {
         *         "usd": 12000
         *       },
         *       "breakage": {
         *         "usd": 300
         *       },
         *       "margins": {},
         *       "opened": 3
         *     }
         */
        Flows: {
            /** @description Credits by what happened to them. */
            movements: components["schemas"]["Movements"];
            /** @description By operation. */
            usage: {
                [key: string]: components["schemas"]["UsageSum"];
            };
            /** @description By currency. */
            money: {
                [key: string]: components["schemas"]["MoneySum"];
            };
            /**
             * @description What was paid for the credits that were spent, by currency.
             * @example {
             *       "usd": 12000
             *     }
             */
            earned: {
                [key: string]: number;
            };
            /**
             * @description What was paid for the credits that expired, by currency.
             * @example {
             *       "usd": 300
             *     }
             */
            breakage: {
                [key: string]: number;
            };
            /** @description By operation, of the usage of which the provider's cost is known. */
            margins: {
                [key: string]: components["schemas"]["Margin"];
            };
            /**
             * @description Accounts that were new.
             * @example 3
             */
            opened: number;
        };
        /**
         * @description What the gateway answers itself.
         * @example {
         *       "message": "Forbidden"
         *     }
         */
        GatewayMessage: {
            /**
             * @description The gateway's words.
             * @example Forbidden
             */
            message?: string;
        };
        /**
         * @description Credits given, with what is left of them.
         * @example {
         *       "grant_id": "g1",
         *       "kind": "purchased",
         *       "amount": "100.00",
         *       "remaining": "97.40",
         *       "protected": "0.00",
         *       "expires_at": "2026-12-31T23:00:00Z",
         *       "priority": 50
         *     }
         */
        Grant: {
            /**
             * @description The grant, unique in its account.
             * @example g1
             */
            grant_id: string;
            /** @description What kind it is. */
            kind: components["schemas"]["GrantKind"];
            /**
             * @description Credits that were given.
             * @example 100.00
             */
            amount: string;
            /**
             * @description Credits that are left of it.
             * @example 97.40
             */
            remaining: string;
            /**
             * @description What of it has expired and only open holds keep; it cannot be spent.
             * @example 0.00
             */
            protected: string;
            /**
             * @description When it expires; null where it never does.
             * @example 2026-12-31T23:00:00Z
             */
            expires_at: string | null;
            /**
             * @description Lower burns first.
             * @example 50
             */
            priority: number;
        };
        /**
         * @description Why the credits were given.
         * @example purchased
         * @enum {string}
         */
        GrantKind: "purchased" | "bonus" | "promotional" | "adjustment" | "restored";
        /**
         * @description A page of grants: first what can burn, in that order, then what is gone, newest first.
         * @example {
         *       "items": [
         *         {
         *           "grant_id": "g1",
         *           "name": "Goodwill after an outage",
         *           "kind": "purchased",
         *           "state": "available",
         *           "amount": "25.00",
         *           "remaining": "16.35",
         *           "protected": "0.00",
         *           "expired": "0.00",
         *           "voided": "0.00",
         *           "expires_at": "2026-12-31T23:00:00Z",
         *           "priority": 100,
         *           "given_at": "2026-11-22T22:24:16Z",
         *           "entry_id": "YTphZGp1c3Q6Zml4",
         *           "metadata": {
         *             "call_id": "c-1"
         *           }
         *         }
         *       ],
         *       "next_cursor": "eyJhdCI6IjEifQ",
         *       "complete": true
         *     }
         */
        GrantPage: {
            /** @description What was asked for. */
            items: components["schemas"]["GrantRecord"][];
            /**
             * @description For the next page; null on the last.
             * @example eyJhdCI6IjEifQ
             */
            next_cursor: string | null;
            /**
             * @description False where an account has so many that the oldest were passed over.
             * @example true
             */
            complete: boolean;
        };
        /**
         * @description Credits that were given, and what became of them.
         * @example {
         *       "grant_id": "g1",
         *       "name": "Goodwill after an outage",
         *       "kind": "purchased",
         *       "state": "available",
         *       "amount": "25.00",
         *       "remaining": "16.35",
         *       "protected": "0.00",
         *       "expired": "0.00",
         *       "voided": "0.00",
         *       "expires_at": "2026-12-31T23:00:00Z",
         *       "priority": 100,
         *       "given_at": "2026-11-22T22:24:16Z",
         *       "entry_id": "YTphZGp1c3Q6Zml4",
         *       "metadata": {
         *         "call_id": "c-1"
         *       }
         *     }
         */
        GrantRecord: {
            /**
             * @description The grant, unique in its account.
             * @example g1
             */
            grant_id: string;
            /**
             * @description For a person: the reason, the package, or the schedule that it came from.
             * @example Goodwill after an outage
             */
            name: string;
            /** @description What kind it is. */
            kind: components["schemas"]["GrantKind"];
            /**
             * @description What became of it: scheduled, available, used_up, expired or voided.
             * @example available
             */
            state: components["schemas"]["GrantState"];
            /**
             * @description Credits that were given.
             * @example 25.00
             */
            amount: string;
            /**
             * @description Credits that are left of it.
             * @example 16.35
             */
            remaining: string;
            /**
             * @description What of it has expired and only open holds keep.
             * @example 0.00
             */
            protected: string;
            /**
             * @description How much of it expired unused.
             * @example 0.00
             */
            expired: string;
            /**
             * @description How much of it an admin took back.
             * @example 0.00
             */
            voided: string;
            /**
             * @description When it expires; null where it never does.
             * @example 2026-12-31T23:00:00Z
             */
            expires_at: string | null;
            /**
             * @description Lower burns first; null once it is gone.
             * @example 100
             */
            priority: number | null;
            /**
             * @description Null for credits that came back.
             * @example 2026-11-22T22:24:16Z
             */
            given_at: string | null;
            /**
             * @description The entry's id.
             * @example YTphZGp1c3Q6Zml4
             */
            entry_id: string | null;
            /**
             * @description Your own notes, at most 1 KB and 16 keys. Numbers are kept as text, as they were written.
             * @example {
             *       "call_id": "c-1"
             *     }
             */
            metadata: {
                [key: string]: string | boolean;
            };
        };
        /**
         * @description What became of a grant.
         * @example scheduled
         * @enum {string}
         */
        GrantState: "scheduled" | "available" | "used_up" | "expired" | "voided";
        /**
         * @description Why what is left of a grant is taken back; `force` does it though open holds need it.
         * @example {
         *       "reason": "Goodwill after an outage",
         *       "note": "Ticket 4182",
         *       "force": false
         *     }
         */
        GrantVoid: {
            /**
             * @description Why, in the words of whoever did it.
             * @example Goodwill after an outage
             */
            reason: string;
            /**
             * @description For admins only; the owner of the account never sees it.
             * @example Ticket 4182
             */
            note?: string | null;
            /**
             * @description Take it even where open holds need it; no where it is absent.
             * @example false
             */
            force?: boolean | null;
        };
        /**
         * @description Credits set aside for an operation that has begun.
         * @example {
         *       "hold_id": "MTI6dXNlci0x",
         *       "amount": "5.00",
         *       "operation": "vapi_call",
         *       "expires_at": "2026-12-31T23:00:00Z"
         *     }
         */
        Hold: {
            /**
             * @description The hold, for its capture or void.
             * @example MTI6dXNlci0x
             */
            hold_id: string;
            /**
             * @description Credits that are set aside.
             * @example 5.00
             */
            amount: string;
            /**
             * @description What is metered: a name of the price list.
             * @example vapi_call
             */
            operation: string;
            /**
             * Format: date-time
             * @description When it expires; null where it never does.
             * @example 2026-12-31T23:00:00Z
             */
            expires_at: string;
        };
        /**
         * @description More time for an open hold, more credits, or both: all of it or nothing.
         * @example {
         *       "expires_in": 900
         *     }
         * @example {
         *       "amount": "5.00"
         *     }
         * @example {
         *       "expires_in": 900,
         *       "amount": "5.00"
         *     }
         */
        HoldExtension: {
            /**
             * @description Seconds from now until the hold ends by itself; it never ends sooner than it would have, and at most seven days after it was opened.
             * @example 300
             */
            expires_in?: number | null;
            /**
             * @description Credits.
             * @example 2.60
             */
            amount?: (string | number) | null;
            /**
             * @description Your own name for what happened.
             * @example call c-1
             */
            reference?: string | null;
            /**
             * @description Your own notes, at most 1 KB and 16 keys. Numbers are kept as text, as they were written.
             * @example {
             *       "call_id": "c-1"
             *     }
             */
            metadata?: {
                [key: string]: string | number | boolean;
            } | null;
        };
        /**
         * @description The ten entries that cost most.
         * @example {
         *       "items": [
         *         {
         *           "entry_id": "dTp1c2FnZTpjYWxsLTE",
         *           "account_id": "user-1",
         *           "seq": 7,
         *           "kind": "usage",
         *           "amount": "-2.60",
         *           "held_change": "0.00",
         *           "balance_after": "97.40",
         *           "available_after": "97.40",
         *           "operation": "vapi_call",
         *           "quantities": {
         *             "call": "1",
         *             "minute": "3.2"
         *           },
         *           "waived": "0.00",
         *           "shortfall": "0.00",
         *           "debt_paid": "0.00",
         *           "burned": [
         *             {
         *               "grant_id": "g1",
         *               "amount": "2.60"
         *             }
         *           ],
         *           "rounded": false,
         *           "hold_id": "MTI6dXNlci0x",
         *           "hold_amount": "5.00",
         *           "final": false,
         *           "grant_id": "g1",
         *           "expires_at": "2026-12-31T23:00:00Z",
         *           "reason": "Goodwill after an outage",
         *           "reference": "call c-1",
         *           "metadata": {
         *             "call_id": "c-1"
         *           },
         *           "actor": "user:user-1",
         *           "occurred_at": "2026-11-22T22:24:16Z",
         *           "posted_at": "2026-11-22T22:24:17Z",
         *           "usage_day": "2026-11-22"
         *         }
         *       ],
         *       "complete": true
         *     }
         */
        LargestEntries: {
            /** @description What was asked for. */
            items: components["schemas"]["Entry"][];
            /**
             * @description False where there were more than 10,000 entries, or 3 seconds were over: then these are the largest of the newest.
             * @example true
             */
            complete: boolean;
        };
        /**
         * @description What to show of an account first; a page offers at most one of these at a time.
         * @example healthy
         * @enum {string}
         */
        Level: "healthy" | "low" | "empty" | "debt" | "frozen" | "unlimited";
        /**
         * @description Who set a limit. Of several for one scope the lowest counts; nobody lifts another's.
         * @example user
         * @enum {string}
         */
        LimitOwner: "user" | "admin" | "default";
        /**
         * @description In which language a mail is written.
         * @example en
         * @enum {string}
         */
        Locale: "en" | "de";
        /**
         * @description Usage of one operation of which the provider's cost is known.
         * @example {
         *       "credits": "500.00",
         *       "revenue": {
         *         "usd": 120
         *       },
         *       "provider_cost": "0.35",
         *       "margin": "0.85"
         *     }
         */
        Margin: {
            /**
             * @description Credits that are bought, without the bonus.
             * @example 500.00
             */
            credits: string;
            /**
             * @description What was paid for these credits, by currency, in its smallest unit.
             * @example {
             *       "usd": 120
             *     }
             */
            revenue: {
                [key: string]: number;
            };
            /**
             * @description What the providers took, in US dollars.
             * @example 0.35
             */
            provider_cost: string;
            /**
             * @description Revenue less cost, in US dollars; null where some was paid in other money.
             * @example 0.85
             */
            margin: string | null;
        };
        /**
         * @description Money.
         * @example {
         *       "amount": 4500,
         *       "currency": "usd"
         *     }
         */
        Money: {
            /**
             * @description Credits.
             * @example 4500
             */
            amount: number;
            /**
             * @description ISO 4217, in lower case.
             * @example usd
             */
            currency: string;
        };
        /**
         * @description Money in one currency's smallest unit.
         * @example {
         *       "revenue": 4500,
         *       "refunds": 0
         *     }
         */
        MoneySum: {
            /**
             * @description What was paid.
             * @example 4500
             */
            revenue: number;
            /**
             * @description What refunds and disputes took of it.
             * @example 0
             */
            refunds: number;
        };
        /**
         * @description Credits by what happened to them; none is below 0 but `refunded`, when more came back.
         * @example {
         *       "sold": "12.50",
         *       "bonus": "50.00",
         *       "granted": "12.50",
         *       "added": "12.50",
         *       "reversed": "0.00",
         *       "removed": "12.50",
         *       "spent": "12.50",
         *       "expired": "0.00",
         *       "refunded": "12.50",
         *       "net": "12.50"
         *     }
         */
        Movements: {
            /**
             * @description Bought, without bonus.
             * @example 12.50
             */
            sold: string;
            /**
             * @description Credits that come on top and cost nothing.
             * @example 50.00
             */
            bonus: string;
            /**
             * @description Given for nothing.
             * @example 12.50
             */
            granted: string;
            /**
             * @description Given by adjustments.
             * @example 12.50
             */
            added: string;
            /**
             * @description Given back for usage.
             * @example 0.00
             */
            reversed: string;
            /**
             * @description Taken by adjustments.
             * @example 12.50
             */
            removed: string;
            /**
             * @description Spent on usage.
             * @example 12.50
             */
            spent: string;
            /**
             * @description Ended unused.
             * @example 0.00
             */
            expired: string;
            /**
             * @description Taken back by refunds and disputes, less what disputes that were won returned.
             * @example 12.50
             */
            refunded: string;
            /**
             * @description How the balances changed in all.
             * @example 12.50
             */
            net: string;
        };
        /**
         * @description All settings of an account, an admin's limits among them, which its user cannot lift.
         * @example {
         *       "thresholds": [
         *         "20.00",
         *         "0.00"
         *       ],
         *       "runway_thresholds": [
         *         3,
         *         14
         *       ],
         *       "time_zone": "Europe/Berlin",
         *       "overage": "absorb",
         *       "limits": {
         *         "daily": "5.00"
         *       },
         *       "channels": {
         *         "bus": true,
         *         "sns": false,
         *         "email": true
         *       },
         *       "recipients": [
         *         {
         *           "email": "user@example.com",
         *           "locale": "en"
         *         }
         *       ],
         *       "cooldown_seconds": {
         *         "bus": 0,
         *         "sns": 0,
         *         "email": 86400
         *       },
         *       "repeat_days": 7,
         *       "admin_limits": {
         *         "daily": "50.00"
         *       },
         *       "reason": "Goodwill after an outage"
         *     }
         */
        NewAccountSettings: {
            /**
             * @description Balances below which the account is warned.
             * @example [
             *       "20.00",
             *       "0.00"
             *     ]
             */
            thresholds?: (string | number)[] | null;
            /**
             * @description Days; the account is warned when its credits will not last so long.
             * @example [
             *       3,
             *       14
             *     ]
             */
            runway_thresholds?: number[] | null;
            /**
             * @description Whose days are the account's, from its next day on.
             * @example Europe/Berlin
             */
            time_zone?: string | null;
            /**
             * @description Who bears what a capture costs beyond its hold and what is available; stays as it is if left out.
             * @example absorb
             */
            overage?: components["schemas"]["Overage"] | null;
            /**
             * @description The most credits that usage may cost in an hour, a day or a month.
             * @example {
             *       "daily": "5.00"
             *     }
             */
            limits?: components["schemas"]["NewLimits"] | null;
            /** @description By what the account hears of its alerts. */
            channels?: components["schemas"]["NewChannels"] | null;
            /** @description Who gets mail; each is asked before (`recipients/confirmation`). At most five. */
            recipients?: components["schemas"]["NewRecipient"][] | null;
            /** @description For how long a channel does not send the like again. */
            cooldown_seconds?: components["schemas"]["NewCooldowns"] | null;
            /**
             * @description A low balance is announced again after so many days while it lasts and nobody has acknowledged it; never if left out.
             * @example 7
             */
            repeat_days?: number | null;
            /**
             * @description Limits that an admin sets and the account's user cannot lift; the lower one counts.
             * @example {
             *       "daily": "50.00"
             *     }
             */
            admin_limits?: components["schemas"]["NewLimits"] | null;
            /**
             * @description Why, in the words of whoever did it.
             * @example Goodwill after an outage
             */
            reason?: string | null;
        };
        /**
         * @description A call that is about to be made.
         * @example {
         *       "account_id": "user-1",
         *       "assistant_id": "assistant-1",
         *       "max_duration_seconds": 600
         *     }
         */
        NewCall: {
            /**
             * @description Whose credits: a service must name the account; others may only name their own.
             * @example user-1
             */
            account_id?: string | null;
            /**
             * @description The provider's id of the assistant that answers.
             * @example assistant-1
             */
            assistant_id?: string | null;
            /**
             * @description At most this long; the configured longest if left out.
             * @example 600
             */
            max_duration_seconds?: number | null;
        };
        /**
         * @description By what the account hears of its alerts; what is left out is as by default.
         * @example {
         *       "bus": true,
         *       "sns": false,
         *       "email": true
         *     }
         */
        NewChannels: {
            /**
             * @description The stack's event bus.
             * @example true
             */
            bus?: boolean | null;
            /**
             * @description The stack's SNS topic, if it has one.
             * @example false
             */
            sns?: boolean | null;
            /**
             * @description Mail to those recipients who agreed.
             * @example true
             */
            email?: boolean | null;
        };
        /**
         * @description Which address is asked, and in which language.
         * @example {
         *       "email": "user@example.com",
         *       "locale": "en"
         *     }
         */
        NewConfirmation: {
            /**
             * @description The address, in lower case.
             * @example user@example.com
             */
            email: string;
            /**
             * @description The language of the mail.
             * @example en
             */
            locale?: components["schemas"]["Locale"] | null;
        };
        /**
         * @description For how long a channel does not send the like again, in seconds, at most a week.
         * @example {
         *       "bus": 0,
         *       "sns": 0,
         *       "email": 86400
         *     }
         */
        NewCooldowns: {
            /**
             * @description Seconds; none if left out.
             * @example 0
             */
            bus?: number | null;
            /**
             * @description Seconds; none if left out.
             * @example 0
             */
            sns?: number | null;
            /**
             * @description Seconds; none if left out.
             * @example 86400
             */
            email?: number | null;
        };
        /**
         * @description Credits to give, on which terms, and why.
         * @example {
         *       "account_id": "user-1",
         *       "kind": "promotional",
         *       "amount": "25.00",
         *       "expires_at": "2026-12-31T23:00:00Z",
         *       "priority": 100,
         *       "reason": "Goodwill after an outage",
         *       "note": "Ticket 4182",
         *       "metadata": {
         *         "call_id": "c-1"
         *       }
         *     }
         */
        NewGrant: {
            /**
             * @description The account to give to.
             * @example user-1
             */
            account_id: string;
            /**
             * @description promotional, bonus or adjustment.
             * @example promotional
             */
            kind?: ("promotional" | "bonus" | "adjustment") | null;
            /**
             * @description Credits to give, above 0.
             * @example 25.00
             */
            amount: string | number;
            /**
             * @description When it expires; absent for never.
             * @example 2026-12-31T23:00:00Z
             */
            expires_at?: string | null;
            /**
             * @description Lower burns first; 100 where it is absent.
             * @example 100
             */
            priority?: number | null;
            /**
             * @description Why, in the words of whoever did it.
             * @example Goodwill after an outage
             */
            reason: string;
            /**
             * @description For admins only; the owner of the account never sees it.
             * @example Ticket 4182
             */
            note?: string | null;
            /**
             * @description Your own notes, at most 1 KB and 16 keys. Numbers are kept as text, as they were written.
             * @example {
             *       "call_id": "c-1"
             *     }
             */
            metadata?: {
                [key: string]: string | number | boolean;
            } | null;
        };
        /**
         * @description Credits to set aside for an operation: an amount, the price of quantities, or a range.
         *
         *     Of a range as much is set aside as is available; 402 where that is less than `at_least`.
         * @example {
         *       "operation": "vapi_call",
         *       "amount": "5.00",
         *       "expires_in": 300
         *     }
         * @example {
         *       "operation": "vapi_call",
         *       "quantities": {
         *         "call": 1,
         *         "minute": 10
         *       },
         *       "expires_in": 900
         *     }
         * @example {
         *       "operation": "vapi_call",
         *       "at_most": "16.00",
         *       "at_least": "1.10",
         *       "expires_in": 1800
         *     }
         */
        NewHold: {
            /**
             * @description Quantities by unit.
             * @example {
             *       "call": "1",
             *       "minute": "3.2"
             *     }
             */
            quantities?: {
                [key: string]: string | number;
            } | null;
            /**
             * @description How much was used, of an operation that has a single unit. More than six places are rounded, half to even.
             * @example 3.2
             */
            quantity?: (string | number) | null;
            /**
             * @description What is metered: a name of the price list.
             * @example vapi_call
             */
            operation: string;
            /**
             * @description Credits to set aside, instead of a quantity.
             * @example 5.00
             */
            amount?: (string | number) | null;
            /** @description Credits: as much of them as is available, instead of an amount. */
            at_most?: (string | number) | null;
            /** @description Of a range: with less than this available, nothing. 0.01 if left out. */
            at_least?: (string | number) | null;
            /**
             * @description Seconds until the hold ends by itself.
             * @example 300
             */
            expires_in: number;
            /**
             * @description Whose credits: a service must name the account; others may only name their own.
             * @example user-1
             */
            account_id?: string | null;
            /**
             * @description Your own name for what happened.
             * @example call c-1
             */
            reference?: string | null;
            /**
             * @description Your own notes, at most 1 KB and 16 keys. Numbers are kept as text, as they were written.
             * @example {
             *       "call_id": "c-1"
             *     }
             */
            metadata?: {
                [key: string]: string | number | boolean;
            } | null;
        } & unknown;
        /**
         * @description A limit of one operation, or of all in an hour.
         * @example {
         *       "operation": "vapi_call",
         *       "window": "day",
         *       "amount": "5.00"
         *     }
         */
        NewLimit: {
            /**
             * @description The operation that is limited; all if left out.
             * @example vapi_call
             */
            operation?: string | null;
            /**
             * @description The time in which a limit counts. Hours are those of UTC, days and months the account's.
             * @example day
             */
            window: components["schemas"]["Window"];
            /**
             * @description The most credits that usage may cost in a window.
             * @example 5.00
             */
            amount: string | number;
        };
        /**
         * @description The most credits that usage may cost; at most five limits in all.
         * @example {
         *       "daily": "5.00",
         *       "monthly": "100.00",
         *       "others": [
         *         {
         *           "operation": "vapi_call",
         *           "window": "hour",
         *           "amount": "2.00"
         *         }
         *       ]
         *     }
         */
        NewLimits: {
            /**
             * @description The most credits that usage of all operations may cost in a day.
             * @example 5.00
             */
            daily?: (string | number) | null;
            /**
             * @description The most credits that usage of all operations may cost in a month.
             * @example 100.00
             */
            monthly?: (string | number) | null;
            /**
             * @description Limits by the hour, or of one operation.
             * @example [
             *       {
             *         "operation": "vapi_call",
             *         "window": "hour",
             *         "amount": "2.00"
             *       }
             *     ]
             */
            others?: components["schemas"]["NewLimit"][] | null;
        };
        /**
         * @description A new package.
         * @example {
         *       "name": "Professional",
         *       "description": "Each started minute of a call",
         *       "credits": "500.00",
         *       "bonus": "50.00",
         *       "price": 4500,
         *       "currency": "usd",
         *       "position": 2,
         *       "popular": true,
         *       "unlisted": false,
         *       "audience": [
         *         "user-1"
         *       ],
         *       "validity_days": 365,
         *       "bonus_validity_days": 90,
         *       "reason": "Spring sale",
         *       "package_id": "spring"
         *     }
         */
        NewPackage: {
            /**
             * @description For a person.
             * @example Professional
             */
            name: string;
            /**
             * @description For a person.
             * @example Each started minute of a call
             */
            description?: string | null;
            /**
             * @description Credits that are bought.
             * @example 500.00
             */
            credits: string | number;
            /**
             * @description Credits that come on top; none where it is absent.
             * @example 50.00
             */
            bonus?: (string | number) | null;
            /**
             * @description In the currency's smallest unit.
             * @example 4500
             */
            price: number;
            /**
             * @description ISO 4217, in lower case.
             * @example usd
             */
            currency: string;
            /**
             * @description Where it stands in the list: lower is first.
             * @example 2
             */
            position: number;
            /**
             * @description The one to show first.
             * @example true
             */
            popular?: boolean | null;
            /**
             * @description In no list, and sold to its audience only.
             * @example false
             */
            unlisted?: boolean | null;
            /**
             * @description The accounts that may buy it while it is unlisted.
             * @example [
             *       "user-1"
             *     ]
             */
            audience?: string[] | null;
            /**
             * @description The credits expire at the end of the day so many days later; null for never.
             * @example 365
             */
            validity_days?: number | null;
            /**
             * @description The bonus expires at the end of the day so many days later; null for never.
             * @example 90
             */
            bonus_validity_days?: number | null;
            /**
             * @description Why, for the log of admins.
             * @example Spring sale
             */
            reason?: string | null;
            /**
             * @description Its id, for ever.
             * @example spring
             */
            package_id: string;
        };
        /**
         * @description Whose calls come over a phone number, or out of a campaign.
         * @example {
         *       "account_id": "user-1",
         *       "assistant_id": "assistant-1",
         *       "reason": "A new customer"
         *     }
         */
        NewPhoneNumber: {
            /**
             * @description Whose calls they are.
             * @example user-1
             */
            account_id: string;
            /**
             * @description The provider's id of the assistant that answers.
             * @example assistant-1
             */
            assistant_id?: string | null;
            /**
             * @description Why, for the log of admins.
             * @example A new customer
             */
            reason?: string | null;
        };
        /**
         * @description A new version of an operation's price.
         * @example {
         *       "units": [
         *         {
         *           "unit": "message",
         *           "rate": "0.12",
         *           "increment": "1",
         *           "minimum": "1",
         *           "description": "Text message processing",
         *           "counted": true
         *         }
         *       ],
         *       "reason": "New supplier",
         *       "operation": "message",
         *       "plan": "default",
         *       "effective_from": "2027-01-01T00:00:00Z",
         *       "version": 0
         *     }
         */
        NewPrice: {
            /** @description The price of each unit. */
            units: components["schemas"]["NewUnitPrice"][];
            /**
             * @description Why, for the log of admins.
             * @example New supplier
             */
            reason?: string | null;
            /**
             * @description What it prices; a new name is a new operation.
             * @example message
             */
            operation: string;
            /**
             * @description The plan; the default one where it is absent.
             * @example default
             */
            plan?: string | null;
            /**
             * @description From when on it is the price.
             * @example 2027-01-01T00:00:00Z
             */
            effective_from?: string | null;
            /**
             * @description The `version` of the operation's prices that was read, 0 for a new operation; 412 where there is a later one.
             * @example 0
             */
            version: number;
        };
        /**
         * @description A price to write down without announcing it.
         * @example {
         *       "units": [
         *         {
         *           "unit": "message",
         *           "rate": "0.12",
         *           "increment": "1",
         *           "minimum": "1",
         *           "description": "Text message processing",
         *           "counted": true
         *         }
         *       ],
         *       "reason": "New supplier",
         *       "draft_id": "spring",
         *       "operation": "message",
         *       "plan": "default"
         *     }
         */
        NewPriceDraft: {
            /** @description The price of each unit. */
            units: components["schemas"]["NewUnitPrice"][];
            /**
             * @description Why, for the log of admins.
             * @example New supplier
             */
            reason?: string | null;
            /**
             * @description Its id.
             * @example spring
             */
            draft_id: string;
            /**
             * @description What it prices.
             * @example message
             */
            operation: string;
            /**
             * @description The plan; the default one where it is absent.
             * @example default
             */
            plan?: string | null;
        };
        /**
         * @description Who an account's owner is; what is left out is removed.
         * @example {
         *       "name": "Ada Lovelace",
         *       "email": "ada@example.com",
         *       "reason": "Signed up"
         *     }
         */
        NewProfile: {
            /**
             * @description For people to read.
             * @example Ada Lovelace
             */
            name?: string | null;
            /**
             * @description By which admins find the account, in whatever case.
             * @example ada@example.com
             */
            email?: string | null;
            /**
             * @description Why, for the log of admins.
             * @example Signed up
             */
            reason?: string | null;
        };
        /**
         * @description Which package to buy.
         * @example {
         *       "package_id": "professional"
         *     }
         */
        NewPurchase: {
            /**
             * @description A package of `GET packages`.
             * @example professional
             */
            package_id: string;
            /**
             * @description The payer agrees that the card is kept and charged later without them; no where it is absent.
             * @example false
             */
            save_card?: boolean | null;
        };
        /**
         * @description Who gets mail, once the owner of the address has agreed.
         * @example {
         *       "email": "user@example.com",
         *       "locale": "en"
         *     }
         */
        NewRecipient: {
            /**
             * @description The address, in lower case.
             * @example user@example.com
             */
            email: string;
            /**
             * @description The language of the mail.
             * @example en
             */
            locale?: components["schemas"]["Locale"] | null;
        };
        /**
         * @description Money to send back: an amount, or all that is left; and why.
         * @example {
         *       "payment_id": "pay_7b1f",
         *       "reason": "Bought by mistake"
         *     }
         * @example {
         *       "payment_id": "pay_7b1f",
         *       "amount": 1500,
         *       "reason": "Half of it was not used"
         *     }
         */
        NewRefund: {
            /**
             * @description The purchase.
             * @example pay_7b1f
             */
            payment_id: string;
            /**
             * @description Money to send back, in the currency's smallest unit; all that is left where it is absent.
             * @example 1500
             */
            amount?: number | null;
            /**
             * @description Why, in the words of whoever did it.
             * @example Goodwill after an outage
             */
            reason: string;
        };
        /**
         * @description From when on deliveries are made again.
         * @example {
         *       "since": "2026-11-17T00:00:00Z",
         *       "only_failed": true
         *     }
         */
        NewReplay: {
            /**
             * Format: date-time
             * @description At most 30 days ago.
             * @example 2026-11-17T00:00:00Z
             */
            since: string;
            /**
             * @description Only deliveries that have failed.
             * @example true
             */
            only_failed?: boolean | null;
        };
        /**
         * @description All settings of an account: what is left out has its default.
         * @example {
         *       "thresholds": [
         *         "20.00",
         *         "0.00"
         *       ],
         *       "runway_thresholds": [
         *         3,
         *         14
         *       ],
         *       "time_zone": "Europe/Berlin",
         *       "overage": "absorb",
         *       "limits": {
         *         "daily": "5.00"
         *       },
         *       "channels": {
         *         "bus": true,
         *         "sns": false,
         *         "email": true
         *       },
         *       "recipients": [
         *         {
         *           "email": "user@example.com",
         *           "locale": "en"
         *         }
         *       ],
         *       "cooldown_seconds": {
         *         "bus": 0,
         *         "sns": 0,
         *         "email": 86400
         *       },
         *       "repeat_days": 7
         *     }
         */
        NewSettings: {
            /**
             * @description Balances below which the account is warned.
             * @example [
             *       "20.00",
             *       "0.00"
             *     ]
             */
            thresholds?: (string | number)[] | null;
            /**
             * @description Days; the account is warned when its credits will not last so long.
             * @example [
             *       3,
             *       14
             *     ]
             */
            runway_thresholds?: number[] | null;
            /**
             * @description Whose days are the account's, from its next day on.
             * @example Europe/Berlin
             */
            time_zone?: string | null;
            /**
             * @description Who bears what a capture costs beyond its hold and what is available; stays as it is if left out. A user may take on debt; only an admin ends that.
             * @example absorb
             */
            overage?: components["schemas"]["Overage"] | null;
            /**
             * @description The most credits that usage may cost in an hour, a day or a month.
             * @example {
             *       "daily": "5.00"
             *     }
             */
            limits?: components["schemas"]["NewLimits"] | null;
            /** @description By what the account hears of its alerts. */
            channels?: components["schemas"]["NewChannels"] | null;
            /** @description Who gets mail; each is asked before (`recipients/confirmation`). At most five. */
            recipients?: components["schemas"]["NewRecipient"][] | null;
            /** @description For how long a channel does not send the like again. */
            cooldown_seconds?: components["schemas"]["NewCooldowns"] | null;
            /**
             * @description A low balance is announced again after so many days while it lasts and nobody has acknowledged it; never if left out.
             * @example 7
             */
            repeat_days?: number | null;
        };
        /**
         * @description By which channels a test message is sent.
         * @example {
         *       "channels": [
         *         "email"
         *       ]
         *     }
         */
        NewTestMessage: {
            /**
             * @description Those that the account chose if left out.
             * @example [
             *       "email"
             *     ]
             */
            channels?: components["schemas"]["Channel"][] | null;
        };
        /**
         * @description What one unit shall cost.
         * @example {
         *       "unit": "message",
         *       "rate": "0.12",
         *       "increment": "1",
         *       "minimum": "1",
         *       "description": "Text message processing",
         *       "counted": true
         *     }
         */
        NewUnitPrice: {
            /**
             * @description Of what.
             * @example message
             */
            unit: string;
            /**
             * @description Credits for one unit.
             * @example 0.12
             */
            rate: string;
            /**
             * @description Billed in whole steps of this.
             * @example 1
             */
            increment?: string | null;
            /**
             * @description At least this much is billed.
             * @example 1
             */
            minimum?: string | null;
            /**
             * @description For people who read the price list.
             * @example Text message processing
             */
            description?: string | null;
            /**
             * @description There are no parts of one, as of a message; no where it is absent.
             * @example true
             */
            counted?: boolean | null;
        };
        /**
         * @description Where events are sent, and which ones: without a list, all of them.
         * @example {
         *       "url": "https://example.com/prepaid",
         *       "event_types": [
         *         "credits.balance.*",
         *         "credits.purchase.succeeded"
         *       ]
         *     }
         */
        NewWebhook: {
            /**
             * @description An https URL of a public host; redirects are not followed.
             * @example https://example.com/prepaid
             */
            url: string;
            /**
             * @description What it is for, for a person.
             * @example Low balances to the billing service
             */
            description?: string | null;
            /**
             * @description Types of events that it hears of, or the beginnings of their names; empty for all.
             * @example [
             *       "credits.balance.*",
             *       "credits.purchase.succeeded"
             *     ]
             */
            event_types?: string[] | null;
            /**
             * @description Accounts that it hears of; empty for all.
             * @example [
             *       "user-1"
             *     ]
             */
            account_ids?: string[] | null;
            /**
             * @description Whether anything is sent to it.
             * @example true
             */
            enabled?: boolean | null;
        };
        /**
         * @description Credits that a schedule will give next.
         * @example {
         *       "amount": "50.00",
         *       "at": "2026-12-31T23:00:00Z",
         *       "name": "Monthly allowance"
         *     }
         */
        NextGrant: {
            /**
             * @description Credits that are given.
             * @example 50.00
             */
            amount: string;
            /**
             * Format: date-time
             * @description When.
             * @example 2026-12-31T23:00:00Z
             */
            at: string;
            /**
             * @description What the schedule is called.
             * @example Monthly allowance
             */
            name: string;
        };
        /**
         * @description Nothing expires.
         * @example {}
         */
        NothingExpiring: Record<string, never>;
        /**
         * @description An opened hold: the entry that opened it, whose `amount` is what is held.
         * @example {
         *       "entry_id": "dTp1c2FnZTpjYWxsLTE",
         *       "account_id": "user-1",
         *       "seq": 7,
         *       "kind": "usage",
         *       "amount": "5.00",
         *       "held_change": "0.00",
         *       "balance_after": "97.40",
         *       "available_after": "97.40",
         *       "operation": "vapi_call",
         *       "quantities": {
         *         "call": "1",
         *         "minute": "3.2"
         *       },
         *       "waived": "0.00",
         *       "shortfall": "0.00",
         *       "debt_paid": "0.00",
         *       "burned": [
         *         {
         *           "grant_id": "g1",
         *           "amount": "2.60"
         *         }
         *       ],
         *       "rounded": false,
         *       "hold_id": "MTI6dXNlci0x",
         *       "hold_amount": "5.00",
         *       "final": false,
         *       "grant_id": "g1",
         *       "expires_at": "2026-12-31T23:00:00Z",
         *       "reason": "Goodwill after an outage",
         *       "reference": "call c-1",
         *       "metadata": {
         *         "call_id": "c-1"
         *       },
         *       "actor": "user:user-1",
         *       "occurred_at": "2026-11-22T22:24:16Z",
         *       "posted_at": "2026-11-22T22:24:17Z",
         *       "usage_day": "2026-11-22"
         *     }
         */
        OpenedHold: {
            /**
             * @description The entry's id.
             * @example dTp1c2FnZTpjYWxsLTE
             */
            entry_id: string;
            /**
             * @description Whose account it is: an id of your own system.
             * @example user-1
             */
            account_id: string;
            /**
             * @description The entry's number in its account, from 1, without a gap.
             * @example 7
             */
            seq: number;
            /** @description What kind it is. */
            kind: components["schemas"]["EntryKind"];
            /**
             * @description Credits.
             * @example 5.00
             */
            amount: string;
            /**
             * @description How the sum of open holds changed.
             * @example 0.00
             */
            held_change: string;
            /**
             * @description The balance after the entry.
             * @example 97.40
             */
            balance_after: string;
            /**
             * @description What could be spent after the entry.
             * @example 97.40
             */
            available_after: string;
            /**
             * @description What is metered: a name of the price list.
             * @example vapi_call
             */
            operation: string | null;
            /**
             * @description Quantities by unit.
             * @example {
             *       "call": "1",
             *       "minute": "3.2"
             *     }
             */
            quantities: {
                [key: string]: string;
            };
            /**
             * @description Full price of usage that was not asked for.
             * @example 0.00
             */
            waived: string;
            /**
             * @description What a capture could not take, and absorbed.
             * @example 0.00
             */
            shortfall: string;
            /**
             * @description The part that went to a negative balance.
             * @example 0.00
             */
            debt_paid: string;
            /** @description From which grants the credits were taken, in order. */
            burned: components["schemas"]["Burn"][];
            /**
             * @description A quantity had more than six places.
             * @example false
             */
            rounded: boolean;
            /**
             * @description The hold, for its capture or void.
             * @example MTI6dXNlci0x
             */
            hold_id: string;
            /**
             * @description What the entry adds to its hold or takes from it; null without a hold.
             * @example 5.00
             */
            hold_amount: string | null;
            /** @description False for a capture that leaves its hold open. */
            final: boolean;
            /**
             * @description The grant, unique in its account.
             * @example g1
             */
            grant_id: string | null;
            /**
             * Format: date-time
             * @description When it expires; null where it never does.
             * @example 2026-12-31T23:00:00Z
             */
            expires_at: string;
            /**
             * @description Why, in the words of whoever did it.
             * @example Goodwill after an outage
             */
            reason: string | null;
            /**
             * @description Your own name for what happened.
             * @example call c-1
             */
            reference: string | null;
            /**
             * @description Your own notes, at most 1 KB and 16 keys. Numbers are kept as text, as they were written.
             * @example {
             *       "call_id": "c-1"
             *     }
             */
            metadata: {
                [key: string]: string | boolean;
            };
            /**
             * @description Who caused it: a role and a subject, or the part of the system.
             * @example user:user-1
             */
            actor: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-11-22T22:24:16Z
             */
            occurred_at: string;
            /**
             * Format: date-time
             * @description When it was written.
             * @example 2026-11-22T22:24:17Z
             */
            posted_at: string;
            /**
             * @description The day in which it counts, in the account's time zone.
             * @example 2026-11-22
             */
            usage_day: string | null;
        };
        /**
         * @description Every version of an operation's price, oldest first.
         * @example {
         *       "operation": "message",
         *       "plan": "default",
         *       "version": 1,
         *       "versions": [
         *         {
         *           "operation": "message",
         *           "plan": "default",
         *           "effective_from": "2026-01-01T00:00:00Z",
         *           "upcoming": false,
         *           "ended": false,
         *           "units": [
         *             {
         *               "unit": "minute",
         *               "rate": "0.50",
         *               "increment": "0.1",
         *               "minimum": "1",
         *               "description": "Each started minute of a call",
         *               "counted": false
         *             }
         *           ],
         *           "price_id": "ZGVmYXVsdCNtZXNzYWdlQDE4OTM0NTYwMDA",
         *           "state": "upcoming"
         *         }
         *       ]
         *     }
         */
        OperationPrices: {
            /**
             * @description Which operation it is.
             * @example message
             */
            operation: string;
            /**
             * @description The plan for which the price holds.
             * @example default
             */
            plan: string;
            /**
             * @description How often admins changed the prices of the operation: a change names it.
             * @example 1
             */
            version: number;
            /** @description Oldest first. */
            versions: components["schemas"]["PriceVersion"][];
        };
        /**
         * @description Who bears what a capture costs beyond its hold and what is available.
         * @example absorb
         * @enum {string}
         */
        Overage: "absorb" | "debt";
        /**
         * @description Credits for sale.
         * @example {
         *       "package_id": "professional",
         *       "name": "Professional",
         *       "description": "Each started minute of a call",
         *       "credits": "500.00",
         *       "bonus": "50.00",
         *       "total_credits": "550.00",
         *       "price": {
         *         "amount": 4500,
         *         "currency": "usd"
         *       },
         *       "popular": true,
         *       "validity_days": 365,
         *       "bonus_validity_days": 90
         *     }
         */
        Package: {
            /**
             * @description A package of `GET packages`.
             * @example professional
             */
            package_id: string;
            /**
             * @description For a person.
             * @example Professional
             */
            name: string;
            /**
             * @description For a person.
             * @example Each started minute of a call
             */
            description: string;
            /**
             * @description Credits that are bought, without the bonus.
             * @example 500.00
             */
            credits: string;
            /**
             * @description Credits that come on top and cost nothing.
             * @example 50.00
             */
            bonus: string;
            /**
             * @description Credits and bonus together.
             * @example 550.00
             */
            total_credits: string;
            /** @description What it costs. */
            price: components["schemas"]["Money"];
            /**
             * @description The one to show first.
             * @example true
             */
            popular: boolean;
            /**
             * @description The credits expire at the end of the day so many days later; null for never.
             * @example 365
             */
            validity_days: number | null;
            /**
             * @description The bonus expires at the end of the day so many days later; null for never.
             * @example 90
             */
            bonus_validity_days: number | null;
        };
        /**
         * @description All terms of a package, as they shall be from now on; what was bought keeps its own.
         * @example {
         *       "name": "Professional",
         *       "description": "Each started minute of a call",
         *       "credits": "500.00",
         *       "bonus": "50.00",
         *       "price": 4500,
         *       "currency": "usd",
         *       "position": 2,
         *       "popular": true,
         *       "unlisted": false,
         *       "audience": [
         *         "user-1"
         *       ],
         *       "validity_days": 365,
         *       "bonus_validity_days": 90,
         *       "reason": "Spring sale",
         *       "version": 1,
         *       "archived": false
         *     }
         */
        PackageChange: {
            /**
             * @description For a person.
             * @example Professional
             */
            name: string;
            /**
             * @description For a person.
             * @example Each started minute of a call
             */
            description?: string | null;
            /**
             * @description Credits that are bought.
             * @example 500.00
             */
            credits: string | number;
            /**
             * @description Credits that come on top; none where it is absent.
             * @example 50.00
             */
            bonus?: (string | number) | null;
            /**
             * @description In the currency's smallest unit.
             * @example 4500
             */
            price: number;
            /**
             * @description ISO 4217, in lower case.
             * @example usd
             */
            currency: string;
            /**
             * @description Where it stands in the list: lower is first.
             * @example 2
             */
            position: number;
            /**
             * @description The one to show first.
             * @example true
             */
            popular?: boolean | null;
            /**
             * @description In no list, and sold to its audience only.
             * @example false
             */
            unlisted?: boolean | null;
            /**
             * @description The accounts that may buy it while it is unlisted.
             * @example [
             *       "user-1"
             *     ]
             */
            audience?: string[] | null;
            /**
             * @description The credits expire at the end of the day so many days later; null for never.
             * @example 365
             */
            validity_days?: number | null;
            /**
             * @description The bonus expires at the end of the day so many days later; null for never.
             * @example 90
             */
            bonus_validity_days?: number | null;
            /**
             * @description Why, for the log of admins.
             * @example Spring sale
             */
            reason?: string | null;
            /**
             * @description Counts changes; a change names the one that it was made of.
             * @example 1
             */
            version: number;
            /**
             * @description No longer sold to anybody.
             * @example false
             */
            archived?: boolean | null;
        };
        /**
         * @description The packages for sale.
         * @example {
         *       "items": [
         *         {
         *           "package_id": "professional",
         *           "name": "Professional",
         *           "description": "Each started minute of a call",
         *           "credits": "500.00",
         *           "bonus": "50.00",
         *           "total_credits": "550.00",
         *           "price": {
         *             "amount": 4500,
         *             "currency": "usd"
         *           },
         *           "popular": true,
         *           "validity_days": 365,
         *           "bonus_validity_days": 90
         *         }
         *       ]
         *     }
         */
        Packages: {
            /** @description What was asked for. */
            items: components["schemas"]["Package"][];
        };
        /**
         * @description Where a payment stands, for a person.
         * @example created
         * @enum {string}
         */
        PaymentStatus: "created" | "processing" | "succeeded" | "failed" | "canceled" | "refunded" | "disputed" | "under_review";
        /**
         * @description What has ended by itself and will be written by the next commit.
         * @example {
         *       "kind": "usage",
         *       "amount": "-25.00",
         *       "at": "2026-12-31T23:00:00Z"
         *     }
         */
        PendingEntry: {
            /** @description What kind it is. */
            kind: components["schemas"]["EntryKind"];
            /**
             * @description How it changes the balance.
             * @example -25.00
             */
            amount: string;
            /**
             * Format: date-time
             * @description When.
             * @example 2026-12-31T23:00:00Z
             */
            at: string;
        };
        /**
         * @description A phone number or a campaign with its account.
         * @example {
         *       "phone_number_id": "5f0c6c1e-02b7-4d0a-a5b2-3a1d8e7f9c10",
         *       "account_id": "user-1",
         *       "assistant_id": "assistant-1",
         *       "updated_at": "2026-11-22T22:24:16Z",
         *       "updated_by": "admin:admin-1"
         *     }
         */
        PhoneNumber: {
            /**
             * @description The provider's id of the number or of the campaign.
             * @example 5f0c6c1e-02b7-4d0a-a5b2-3a1d8e7f9c10
             */
            phone_number_id: string;
            /**
             * @description Whose account it is: an id of your own system.
             * @example user-1
             */
            account_id: string;
            /**
             * @description The provider's id of the assistant that answers.
             * @example assistant-1
             */
            assistant_id: string | null;
            /**
             * Format: date-time
             * @description When it was mapped last.
             * @example 2026-11-22T22:24:16Z
             */
            updated_at: string;
            /**
             * @description Who mapped it last: role and subject.
             * @example admin:admin-1
             */
            updated_by: string;
        };
        /**
         * @description A page of phone numbers and campaigns, by their ids.
         * @example {
         *       "items": [
         *         {
         *           "phone_number_id": "5f0c6c1e-02b7-4d0a-a5b2-3a1d8e7f9c10",
         *           "account_id": "user-1",
         *           "assistant_id": "assistant-1",
         *           "updated_at": "2026-11-22T22:24:16Z",
         *           "updated_by": "admin:admin-1"
         *         }
         *       ],
         *       "next_cursor": "eyJhdCI6IjEifQ"
         *     }
         */
        PhoneNumberPage: {
            /** @description What was asked for. */
            items: components["schemas"]["PhoneNumber"][];
            /**
             * @description For the next page; null on the last.
             * @example eyJhdCI6IjEifQ
             */
            next_cursor: string | null;
        };
        /**
         * @description One version of an operation's price.
         * @example {
         *       "operation": "vapi_call",
         *       "plan": "default",
         *       "effective_from": "2026-01-01T00:00:00Z",
         *       "upcoming": false,
         *       "ended": false,
         *       "units": [
         *         {
         *           "unit": "minute",
         *           "rate": "0.50",
         *           "increment": "0.1",
         *           "minimum": "1",
         *           "description": "Each started minute of a call",
         *           "counted": false
         *         }
         *       ]
         *     }
         */
        Price: {
            /**
             * @description What is metered: a name of the price list.
             * @example vapi_call
             */
            operation: string;
            /**
             * @description The plan for which the price holds.
             * @example default
             */
            plan: string;
            /**
             * Format: date-time
             * @description From when on it is the price.
             * @example 2026-01-01T00:00:00Z
             */
            effective_from: string;
            /**
             * @description Announced, but not in force yet.
             * @example false
             */
            upcoming: boolean;
            /**
             * @description From then on the operation has no price in this plan.
             * @example false
             */
            ended: boolean;
            /** @description The price of each unit. */
            units: components["schemas"]["UnitPrice"][];
        };
        /**
         * @description A price that is not announced yet.
         * @example {
         *       "draft_id": "spring",
         *       "operation": "message",
         *       "plan": "default",
         *       "units": [
         *         {
         *           "unit": "minute",
         *           "rate": "0.50",
         *           "increment": "0.1",
         *           "minimum": "1",
         *           "description": "Each started minute of a call",
         *           "counted": false
         *         }
         *       ],
         *       "prices_version": 1,
         *       "version": 1,
         *       "updated_at": "2026-11-22T22:24:16Z",
         *       "updated_by": "admin:admin-1"
         *     }
         */
        PriceDraft: {
            /**
             * @description Names the draft.
             * @example spring
             */
            draft_id: string;
            /**
             * @description Which operation it is for.
             * @example message
             */
            operation: string;
            /**
             * @description The plan for which the price holds.
             * @example default
             */
            plan: string;
            /** @description The price of each unit. */
            units: components["schemas"]["UnitPrice"][];
            /**
             * @description The version of the operation's prices that it was saved for.
             * @example 1
             */
            prices_version: number;
            /**
             * @description How often it was saved: a change names it.
             * @example 1
             */
            version: number;
            /**
             * Format: date-time
             * @description When it was saved last.
             * @example 2026-11-22T22:24:16Z
             */
            updated_at: string;
            /**
             * @description Who saved it last: role and subject.
             * @example admin:admin-1
             */
            updated_by: string;
        };
        /**
         * @description All units of a draft, as they shall be from now on.
         * @example {
         *       "units": [
         *         {
         *           "unit": "message",
         *           "rate": "0.12",
         *           "increment": "1",
         *           "minimum": "1",
         *           "description": "Text message processing",
         *           "counted": true
         *         }
         *       ],
         *       "reason": "New supplier",
         *       "version": 1
         *     }
         */
        PriceDraftChange: {
            /** @description The price of each unit. */
            units: components["schemas"]["NewUnitPrice"][];
            /**
             * @description Why, for the log of admins.
             * @example New supplier
             */
            reason?: string | null;
            /**
             * @description The version that was read; 412 where there is a later one.
             * @example 1
             */
            version: number;
        };
        /**
         * @description One version of an operation's price.
         * @example {
         *       "operation": "message",
         *       "plan": "default",
         *       "effective_from": "2026-01-01T00:00:00Z",
         *       "upcoming": false,
         *       "ended": false,
         *       "units": [
         *         {
         *           "unit": "minute",
         *           "rate": "0.50",
         *           "increment": "0.1",
         *           "minimum": "1",
         *           "description": "Each started minute of a call",
         *           "counted": false
         *         }
         *       ],
         *       "price_id": "ZGVmYXVsdCNtZXNzYWdlQDE4OTM0NTYwMDA",
         *       "state": "upcoming"
         *     }
         */
        PriceVersion: {
            /**
             * @description Which operation it prices.
             * @example message
             */
            operation: string;
            /**
             * @description The plan for which the price holds.
             * @example default
             */
            plan: string;
            /**
             * Format: date-time
             * @description From when on it is the price.
             * @example 2026-01-01T00:00:00Z
             */
            effective_from: string;
            /**
             * @description Announced, but not in force yet.
             * @example false
             */
            upcoming: boolean;
            /**
             * @description From then on the operation has no price in this plan.
             * @example false
             */
            ended: boolean;
            /** @description The price of each unit. */
            units: components["schemas"]["UnitPrice"][];
            /**
             * @description Names the version.
             * @example ZGVmYXVsdCNtZXNzYWdlQDE4OTM0NTYwMDA
             */
            price_id: string;
            /**
             * @description `current` is the latest that began; earlier ones are `past`.
             * @example upcoming
             */
            state: components["schemas"]["VersionState"];
        };
        /**
         * @description The prices in force, and those to come.
         * @example {
         *       "items": [
         *         {
         *           "operation": "vapi_call",
         *           "plan": "default",
         *           "effective_from": "2026-01-01T00:00:00Z",
         *           "upcoming": false,
         *           "ended": false,
         *           "units": [
         *             {
         *               "unit": "minute",
         *               "rate": "0.50",
         *               "increment": "0.1",
         *               "minimum": "1",
         *               "description": "Each started minute of a call",
         *               "counted": false
         *             }
         *           ]
         *         }
         *       ]
         *     }
         */
        Prices: {
            /** @description What was asked for. */
            items: components["schemas"]["Price"][];
        };
        /**
         * @description An RFC 9457 problem; some codes carry further members.
         * @example {
         *       "type": "/api/credits/openapi.json#/x-problems/insufficient_credits",
         *       "title": "Not enough credits",
         *       "status": 402,
         *       "detail": "2.60 credits are needed and 1.00 are available.",
         *       "instance": "/api/credits/usage",
         *       "code": "insufficient_credits",
         *       "request_id": "b1946ac9-2490",
         *       "errors": [
         *         {
         *           "pointer": "/quantities/minute",
         *           "code": "pattern",
         *           "detail": "Must be at least 0.",
         *           "in": "body"
         *         }
         *       ],
         *       "required": "2.60",
         *       "available": "1.00",
         *       "scope": "account",
         *       "window": "day",
         *       "amount": "5.00",
         *       "used": "4.00",
         *       "held": "0.00",
         *       "operation": "vapi_call",
         *       "resets_at": "2026-11-23T00:00:00Z",
         *       "limit": "open holds",
         *       "allowed": 50
         *     }
         */
        Problem: {
            /**
             * @description Leads to the code's entry in `x-problems`.
             * @example /api/credits/openapi.json#/x-problems/insufficient_credits
             */
            type: string;
            /**
             * @description What the code means, for a person.
             * @example Not enough credits
             */
            title: string;
            /**
             * @description The HTTP status.
             * @example 402
             */
            status: number;
            /**
             * @description What was wrong this time, for a person.
             * @example 2.60 credits are needed and 1.00 are available.
             */
            detail: string;
            /**
             * @description The path of the request.
             * @example /api/credits/usage
             */
            instance: string;
            /**
             * @description What was refused, as a word that never changes.
             * @example insufficient_credits
             * @enum {string}
             */
            code: "malformed_request" | "idempotency_key_missing" | "idempotency_key_invalid" | "cursor_invalid" | "insufficient_credits" | "forbidden" | "account_frozen" | "limit_exceeded" | "adjustment_too_large" | "spending_limit_exceeded" | "not_found" | "hold_ended" | "already_reversed" | "grant_merged" | "call_already_bound" | "webhook_limit_exceeded" | "precondition_failed" | "too_large" | "unsupported_media_type" | "invalid_request" | "idempotency_key_reused" | "unknown_operation" | "precondition_required" | "rate_limited" | "internal" | "unavailable";
            /**
             * @description To quote when you ask for help.
             * @example b1946ac9-2490
             */
            request_id: string;
            /** @description Every field that was wrong. */
            errors?: components["schemas"]["FieldError"][];
            /**
             * @description Credits that are needed, of `insufficient_credits`.
             * @example 2.60
             */
            required?: string;
            /**
             * @description Credits that are available, of `insufficient_credits`.
             * @example 1.00
             */
            available?: string;
            /**
             * @description Whether the limit is of the `account` or of one `operation`, of `spending_limit_exceeded`.
             * @example account
             */
            scope?: string;
            /**
             * @description The time in which the limit counts, of `spending_limit_exceeded`.
             * @example day
             */
            window?: string;
            /**
             * @description The limit, of `spending_limit_exceeded`.
             * @example 5.00
             */
            amount?: string;
            /**
             * @description What usage has cost in the window, of `spending_limit_exceeded`.
             * @example 4.00
             */
            used?: string;
            /**
             * @description What open holds set aside, of `spending_limit_exceeded`.
             * @example 0.00
             */
            held?: string;
            /**
             * @description The operation that is limited; null for all, of `spending_limit_exceeded`.
             * @example vapi_call
             */
            operation?: string | null;
            /**
             * Format: date-time
             * @description When the window ends, of `spending_limit_exceeded`.
             * @example 2026-11-23T00:00:00Z
             */
            resets_at?: string;
            /**
             * @description Which bound is reached, of `limit_exceeded`.
             * @example open holds
             */
            limit?: string;
            /**
             * @description How many are allowed, of `limit_exceeded`.
             * @example 50
             */
            allowed?: number;
        };
        /**
         * @description Who an account's owner is, as the host said last; null where it did not.
         * @example {
         *       "account_id": "user-1",
         *       "name": "Ada Lovelace",
         *       "email": "ada@example.com",
         *       "updated_at": "2026-11-22T22:24:16Z",
         *       "updated_by": "service:host"
         *     }
         */
        Profile: {
            /**
             * @description Whose account it is: an id of your own system.
             * @example user-1
             */
            account_id: string;
            /**
             * @description Null where the host said none.
             * @example Ada Lovelace
             */
            name: string | null;
            /**
             * @description In lower case; null where the host said none.
             * @example ada@example.com
             */
            email: string | null;
            /**
             * @description Null before the host said anything.
             * @example 2026-11-22T22:24:16Z
             */
            updated_at: string | null;
            /**
             * @description Null before the host said anything.
             * @example service:host
             */
            updated_by: string | null;
        };
        /**
         * @description When a draft begins to be the price.
         * @example {
         *       "version": 1,
         *       "effective_from": "2027-01-01T00:00:00Z",
         *       "reason": "New supplier"
         *     }
         */
        Publication: {
            /**
             * @description The version of the draft that was read; 412 where there is a later one.
             * @example 1
             */
            version: number;
            /**
             * @description From when on it is the price.
             * @example 2027-01-01T00:00:00Z
             */
            effective_from?: string | null;
            /**
             * @description Why, for the log of admins.
             * @example New supplier
             */
            reason?: string | null;
        };
        /**
         * @description A purchase: its terms as bought, and what became of its money and of its credits.
         * @example {
         *       "payment_id": "pay_7b1f",
         *       "account_id": "user-1",
         *       "package_id": "professional",
         *       "credits": "500.00",
         *       "bonus": "50.00",
         *       "amount": 4500,
         *       "currency": "usd",
         *       "status": "created",
         *       "credited": true,
         *       "failure_reason": "Your card was declined.",
         *       "problem": "other_amount_paid",
         *       "amount_refunded": 0,
         *       "credits_taken_back": "0.00",
         *       "created_at": "2026-11-22T22:20:00Z",
         *       "paid_at": "2026-11-22T22:24:16Z",
         *       "receipt_url": "https://pay.stripe.com/receipts/payment/1",
         *       "card": {
         *         "brand": "visa",
         *         "last4": "4242"
         *       }
         *     }
         */
        Purchase: {
            /**
             * @description The purchase.
             * @example pay_7b1f
             */
            payment_id: string;
            /**
             * @description Whose account it is: an id of your own system.
             * @example user-1
             */
            account_id: string;
            /**
             * @description A package of `GET packages`.
             * @example professional
             */
            package_id: string;
            /**
             * @description Credits that are bought, without the bonus.
             * @example 500.00
             */
            credits: string;
            /**
             * @description Credits that come on top and cost nothing.
             * @example 50.00
             */
            bonus: string;
            /**
             * @description The price, in the currency's smallest unit.
             * @example 4500
             */
            amount: number;
            /**
             * @description ISO 4217, in lower case.
             * @example usd
             */
            currency: string;
            /** @description Where it stands. */
            status: components["schemas"]["PaymentStatus"];
            /**
             * @description The credits and the bonus are in the account.
             * @example true
             */
            credited: boolean;
            /**
             * @description Why it is not paid or not credited, and what happens next, for a person.
             * @example Your card was declined.
             */
            failure_reason: string | null;
            /**
             * @description Why money was received and no credits were given, for a program.
             * @example other_amount_paid
             */
            problem: "other_amount_paid" | null;
            /**
             * @description Money sent back so far, in the currency's smallest unit.
             * @example 0
             */
            amount_refunded: number;
            /**
             * @description After refunds and disputes.
             * @example 0.00
             */
            credits_taken_back: string;
            /**
             * Format: date-time
             * @description When the purchase was begun.
             * @example 2026-11-22T22:20:00Z
             */
            created_at: string;
            /**
             * @description When it was paid; null until then.
             * @example 2026-11-22T22:24:16Z
             */
            paid_at: string | null;
            /**
             * @description The provider's page with the receipt; null until it has told of one.
             * @example https://pay.stripe.com/receipts/payment/1
             */
            receipt_url: string | null;
            /** @description The card that it was paid with; null where that is not known, or it was none. */
            card: components["schemas"]["Card"] | null;
        };
        /**
         * @description A page of purchases, newest first.
         * @example {
         *       "items": [
         *         {
         *           "payment_id": "pay_7b1f",
         *           "account_id": "user-1",
         *           "package_id": "professional",
         *           "credits": "500.00",
         *           "bonus": "50.00",
         *           "amount": 4500,
         *           "currency": "usd",
         *           "status": "created",
         *           "credited": true,
         *           "failure_reason": "Your card was declined.",
         *           "problem": "other_amount_paid",
         *           "amount_refunded": 0,
         *           "credits_taken_back": "0.00",
         *           "created_at": "2026-11-22T22:20:00Z",
         *           "paid_at": "2026-11-22T22:24:16Z",
         *           "receipt_url": "https://pay.stripe.com/receipts/payment/1",
         *           "card": {
         *             "brand": "visa",
         *             "last4": "4242"
         *           }
         *         }
         *       ],
         *       "next_cursor": "eyJhdCI6IjEifQ"
         *     }
         */
        PurchasePage: {
            /** @description What was asked for. */
            items: components["schemas"]["Purchase"][];
            /**
             * @description For the next page; null on the last.
             * @example eyJhdCI6IjEifQ
             */
            next_cursor: string | null;
        };
        /**
         * @description Who gets mail, and whether the owner of the address agreed.
         * @example {
         *       "email": "user@example.com",
         *       "locale": "en",
         *       "state": "confirmed"
         *     }
         */
        Recipient: {
            /**
             * @description The address, in lower case.
             * @example user@example.com
             */
            email: string;
            /**
             * @description The language of the mail.
             * @example en
             */
            locale: components["schemas"]["Locale"];
            /**
             * @description What became of it: scheduled, available, used_up, expired or voided.
             * @example confirmed
             */
            state: components["schemas"]["AddressState"];
        };
        /**
         * @description A refund that Stripe took on; the credits follow when Stripe tells of it.
         * @example {
         *       "refund_id": "re_3Q",
         *       "payment_id": "pay_7b1f",
         *       "amount": 1500,
         *       "currency": "usd",
         *       "status": "succeeded"
         *     }
         */
        Refund: {
            /**
             * @description The provider's id of the refund.
             * @example re_3Q
             */
            refund_id: string;
            /**
             * @description The purchase.
             * @example pay_7b1f
             */
            payment_id: string;
            /**
             * @description Money that is sent back, in the currency's smallest unit.
             * @example 1500
             */
            amount: number;
            /**
             * @description ISO 4217, in lower case.
             * @example usd
             */
            currency: string;
            /**
             * @description The provider's word: pending, requires_action, succeeded, failed or canceled.
             * @example succeeded
             */
            status: string;
        };
        /**
         * @description An entry that belongs to another one.
         * @example {
         *       "entry_id": "dTp1c2FnZTpjYWxsLTE",
         *       "seq": 7,
         *       "kind": "usage",
         *       "amount": "-2.60",
         *       "held_change": "-5.00",
         *       "final": true,
         *       "reason": "Goodwill after an outage",
         *       "posted_at": "2026-11-22T22:24:17Z"
         *     }
         */
        RelatedEntry: {
            /**
             * @description The entry's id.
             * @example dTp1c2FnZTpjYWxsLTE
             */
            entry_id: string;
            /**
             * @description The entry's number in its account, from 1, without a gap.
             * @example 7
             */
            seq: number;
            /** @description What kind it is. */
            kind: components["schemas"]["EntryKind"];
            /**
             * @description How the balance changed.
             * @example -2.60
             */
            amount: string;
            /**
             * @description How the sum of open holds changed.
             * @example -5.00
             */
            held_change: string;
            /**
             * @description False for a capture that leaves its hold open.
             * @example true
             */
            final: boolean;
            /**
             * @description Why, in the words of whoever did it.
             * @example Goodwill after an outage
             */
            reason: string | null;
            /**
             * Format: date-time
             * @description When it was written.
             * @example 2026-11-22T22:24:17Z
             */
            posted_at: string;
        };
        /**
         * @description Deliveries that are made again, one page after the other.
         * @example {
         *       "replay_id": "0123456789abcdef0123456789abcdef",
         *       "webhook_id": "wh_0123456789abcdef0123456789abcdef",
         *       "since": "2026-11-17T00:00:00Z",
         *       "only_failed": true,
         *       "found": 0,
         *       "finished": false
         *     }
         */
        Replay: {
            /**
             * @description Names the replay.
             * @example 0123456789abcdef0123456789abcdef
             */
            replay_id: string;
            /**
             * @description Names the webhook.
             * @example wh_0123456789abcdef0123456789abcdef
             */
            webhook_id: string;
            /**
             * Format: date-time
             * @description From when on.
             * @example 2026-11-17T00:00:00Z
             */
            since: string;
            /**
             * @description Only deliveries that have failed.
             * @example true
             */
            only_failed: boolean;
            /**
             * @description How many deliveries were begun again so far.
             * @example 0
             */
            found: number;
            /**
             * @description Whether all of them were begun again.
             * @example false
             */
            finished: boolean;
        };
        /**
         * @description A case that was tried again: resolved, or open with what is still wrong.
         * @example {
         *       "exception_id": "dW5rbm93bl9jYWxsI2NhbGwtMQ",
         *       "kind": "ledger_drift",
         *       "subject": "0197a3c2-7d31-7e55-9b4c-1a2b3c4d5e6f",
         *       "detail": "balance: 5.00, not 4.00",
         *       "created_at": "2026-11-22T22:24:16Z",
         *       "account_id": "user-1",
         *       "resolved_at": "2026-11-22T22:24:16Z",
         *       "resolved_by": "admin:admin-1",
         *       "reason": "The receiver is back",
         *       "still": "The call is not settled: refused."
         *     }
         */
        RetriedException: {
            /**
             * @description Names the case.
             * @example dW5rbm93bl9jYWxsI2NhbGwtMQ
             */
            exception_id: string;
            /**
             * @description What kind of case it is.
             * @example ledger_drift
             */
            kind: string;
            /**
             * @description What the case is about, such as a call's id.
             * @example 0197a3c2-7d31-7e55-9b4c-1a2b3c4d5e6f
             */
            subject: string;
            /**
             * @description What showed it.
             * @example balance: 5.00, not 4.00
             */
            detail: string;
            /**
             * Format: date-time
             * @description When it was reported first.
             * @example 2026-11-22T22:24:16Z
             */
            created_at: string;
            /**
             * @description Whose account it is: an id of your own system.
             * @example user-1
             */
            account_id: string | null;
            /**
             * @description When it was resolved; null while it is open.
             * @example 2026-11-22T22:24:16Z
             */
            resolved_at: string | null;
            /**
             * @description Who resolved it: role and subject.
             * @example admin:admin-1
             */
            resolved_by: string | null;
            /**
             * @description Why it was resolved so.
             * @example The receiver is back
             */
            reason: string | null;
            /**
             * @description What is still wrong; null where the case is resolved.
             * @example The call is not settled: refused.
             */
            still: string | null;
        };
        /**
         * @description How long what is available lasts at the rate of the last seven whole days.
         * @example {
         *       "days_left": 41,
         *       "per_day": "18.53",
         *       "spent": "129.71",
         *       "days": 7
         *     }
         */
        Runway: {
            /**
             * @description Whole days, rounded down.
             * @example 41
             */
            days_left: number;
            /**
             * @description Credits spent in a day, on average, rounded down.
             * @example 18.53
             */
            per_day: string;
            /**
             * @description Credits that usage cost in these days, less what was given back for it.
             * @example 129.71
             */
            spent: string;
            /**
             * @description How many whole days before today count.
             * @example 7
             */
            days: number;
        };
        /**
         * @description Settings that have a default until somebody chooses.
         * @example thresholds
         * @enum {string}
         */
        Setting: "thresholds" | "runway_thresholds" | "overage";
        /**
         * @description The settings of an account, and how its limits stand.
         * @example {
         *       "account_id": "user-1",
         *       "thresholds": [
         *         "20.00",
         *         "0.00"
         *       ],
         *       "runway_thresholds": [
         *         3,
         *         14
         *       ],
         *       "time_zone": "Europe/Berlin",
         *       "time_zone_now": "UTC",
         *       "overage": "absorb",
         *       "limits": {
         *         "daily": "5.00",
         *         "monthly": "100.00",
         *         "others": []
         *       },
         *       "admin_limits": {
         *         "daily": "50.00",
         *         "monthly": "500.00",
         *         "others": []
         *       },
         *       "channels": {
         *         "bus": true,
         *         "sns": false,
         *         "email": true
         *       },
         *       "recipients": [
         *         {
         *           "email": "user@example.com",
         *           "locale": "en",
         *           "state": "confirmed"
         *         }
         *       ],
         *       "cooldown_seconds": {
         *         "bus": 0,
         *         "sns": 0,
         *         "email": 86400
         *       },
         *       "repeat_days": 7,
         *       "limits_now": [],
         *       "defaults": [
         *         "overage"
         *       ],
         *       "version": 3,
         *       "saved_at": "2026-11-22T22:24:16Z",
         *       "saved_by": "user:user-1"
         *     }
         */
        Settings: {
            /**
             * @description Whose account it is: an id of your own system.
             * @example user-1
             */
            account_id: string;
            /**
             * @description Balances below which the account is warned.
             * @example [
             *       "20.00",
             *       "0.00"
             *     ]
             */
            thresholds: string[];
            /**
             * @description Days; the account is warned when its credits will not last so long.
             * @example [
             *       3,
             *       14
             *     ]
             */
            runway_thresholds: number[];
            /**
             * @description As it was chosen.
             * @example Europe/Berlin
             */
            time_zone: string;
            /**
             * @description Whose days count until the account's day is over.
             * @example UTC
             */
            time_zone_now: string;
            /**
             * @description Who bears what a capture costs beyond its hold and what is available: `absorb`, nobody asks for it; `debt`, the account owes it.
             * @example absorb
             */
            overage: components["schemas"]["Overage"];
            /**
             * @description The limits that the account set itself.
             * @example {
             *       "daily": "5.00",
             *       "monthly": "100.00",
             *       "others": []
             *     }
             */
            limits: components["schemas"]["ChosenLimits"];
            /**
             * @description Limits that an admin sets and the account's user cannot lift; the lower one counts.
             * @example {
             *       "daily": "50.00",
             *       "monthly": "500.00",
             *       "others": []
             *     }
             */
            admin_limits: components["schemas"]["ChosenLimits"];
            /** @description By what the account hears of its alerts. */
            channels: components["schemas"]["Channels"];
            /** @description Who gets mail; each is asked before (`recipients/confirmation`). At most five. */
            recipients: components["schemas"]["Recipient"][];
            /** @description For how long a channel does not send the like again. */
            cooldown_seconds: components["schemas"]["Cooldowns"];
            /**
             * @description After how many days a low balance is announced again; null for never.
             * @example 7
             */
            repeat_days: number | null;
            /**
             * @description Every limit, default ones too.
             * @example []
             */
            limits_now: components["schemas"]["SpendingLimit"][];
            /**
             * @description The settings that nobody chose.
             * @example [
             *       "overage"
             *     ]
             */
            defaults: components["schemas"]["Setting"][];
            /**
             * @description How often they were saved. The entity tag is made of it.
             * @example 3
             */
            version: number;
            /**
             * @description When they were saved last; null where nobody did.
             * @example 2026-11-22T22:24:16Z
             */
            saved_at: string | null;
            /**
             * @description Who saved them last: role and subject.
             * @example user:user-1
             */
            saved_by: string | null;
        };
        /**
         * @description A spending limit, and how it stands.
         * @example {
         *       "operation": "vapi_call",
         *       "window": "day",
         *       "set_by": "user",
         *       "amount": "5.00",
         *       "used": "2.60",
         *       "held": "0.00",
         *       "left": "2.40",
         *       "resets_at": "2026-11-23T00:00:00Z"
         *     }
         */
        SpendingLimit: {
            /**
             * @description The operation that is limited; null for all.
             * @example vapi_call
             */
            operation: string | null;
            /**
             * @description The time in which a limit counts. Hours are those of UTC, days and months the account's.
             * @example day
             */
            window: components["schemas"]["Window"];
            /**
             * @description Who set it; `default` is the stack's.
             * @example user
             */
            set_by: components["schemas"]["LimitOwner"];
            /**
             * @description The most credits that usage may cost in a window.
             * @example 5.00
             */
            amount: string;
            /**
             * @description What usage has cost in the window.
             * @example 2.60
             */
            used: string;
            /**
             * @description The sum of open holds.
             * @example 0.00
             */
            held: string;
            /**
             * @description What may still be spent or held.
             * @example 2.40
             */
            left: string;
            /**
             * Format: date-time
             * @description When the window ends.
             * @example 2026-11-23T00:00:00Z
             */
            resets_at: string;
        };
        /**
         * @description What all accounts have at `as_of`.
         * @example {
         *       "accounts": 200,
         *       "by_status": {
         *         "active": 198,
         *         "frozen": 2
         *       },
         *       "unlimited": 1,
         *       "low": 12,
         *       "in_debt": 2,
         *       "active": 150,
         *       "balance": "41000.00",
         *       "debt": "12.50",
         *       "held": "35.00",
         *       "unspent": {
         *         "purchased": "40000.00"
         *       },
         *       "liability": {
         *         "usd": 380000
         *       }
         *     }
         */
        Standing: {
            /**
             * @description How many there are.
             * @example 200
             */
            accounts: number;
            /**
             * @description Accounts by status.
             * @example {
             *       "active": 198,
             *       "frozen": 2
             *     }
             */
            by_status: {
                [key: string]: number;
            };
            /**
             * @description Accounts whose usage is waived.
             * @example 1
             */
            unlimited: number;
            /**
             * @description Accounts below the lowest of their thresholds.
             * @example 12
             */
            low: number;
            /**
             * @description Accounts below 0.
             * @example 2
             */
            in_debt: number;
            /**
             * @description Accounts that used something in the thirty days up to then.
             * @example 150
             */
            active: number;
            /**
             * @description All balances together, debts taken off.
             * @example 41000.00
             */
            balance: string;
            /**
             * @description What accounts below 0 owe.
             * @example 12.50
             */
            debt: string;
            /**
             * @description Set aside by open holds.
             * @example 35.00
             */
            held: string;
            /**
             * @description Credits left, by how they were given.
             * @example {
             *       "purchased": "40000.00"
             *     }
             */
            unspent: {
                [key: string]: string;
            };
            /**
             * @description What was paid for credits that are left, by currency, in its smallest unit.
             * @example {
             *       "usd": 380000
             *     }
             */
            liability: {
                [key: string]: number;
            };
        };
        /**
         * @description A purchase that can be paid with `client_secret` in Stripe's payment element.
         * @example {
         *       "payment_id": "pay_7b1f",
         *       "client_secret": "pi_3Q_secret_8f",
         *       "publishable_key": "pk_test_51",
         *       "amount": 4500,
         *       "currency": "usd",
         *       "credits": "500.00",
         *       "bonus": "50.00",
         *       "status": "created"
         *     }
         */
        StartedPurchase: {
            /**
             * @description The purchase.
             * @example pay_7b1f
             */
            payment_id: string;
            /**
             * @description For Stripe's payment element, in the payer's browser only.
             * @example pi_3Q_secret_8f
             */
            client_secret: string;
            /**
             * @description Stripe's key for the browser.
             * @example pk_test_51
             */
            publishable_key: string;
            /**
             * @description The price, in the currency's smallest unit.
             * @example 4500
             */
            amount: number;
            /**
             * @description ISO 4217, in lower case.
             * @example usd
             */
            currency: string;
            /**
             * @description Credits that are bought, without the bonus.
             * @example 500.00
             */
            credits: string;
            /**
             * @description Credits that come on top and cost nothing.
             * @example 50.00
             */
            bonus: string;
            /** @description Where it stands. */
            status: components["schemas"]["PaymentStatus"];
        };
        /**
         * @description What becomes of an account: its status, whether it is unlimited, or both.
         * @example {
         *       "reason": "Goodwill after an outage",
         *       "note": "Ticket 4182",
         *       "status": "frozen",
         *       "unlimited": true
         *     }
         */
        StatusChange: {
            /**
             * @description Why, in the words of whoever did it.
             * @example Goodwill after an outage
             */
            reason: string;
            /**
             * @description For admins only; the owner of the account never sees it.
             * @example Ticket 4182
             */
            note?: string | null;
            /**
             * @description active, frozen or closed; as it is where it is absent.
             * @example frozen
             */
            status?: components["schemas"]["AccountStatus"] | null;
            /**
             * @description Only a super admin may set it.
             * @example true
             */
            unlimited?: boolean | null;
        };
        /**
         * @description What all accounts bought, spent and still own, by the latest snapshot.
         * @example {
         *       "from": "2026-11-01",
         *       "to": "2026-11-30",
         *       "as_of": "2026-11-22T22:24:16Z",
         *       "days": [
         *         {
         *           "movements": {
         *             "sold": "12.50",
         *             "bonus": "50.00",
         *             "granted": "12.50",
         *             "added": "12.50",
         *             "reversed": "0.00",
         *             "removed": "12.50",
         *             "spent": "12.50",
         *             "expired": "0.00",
         *             "refunded": "12.50",
         *             "net": "12.50"
         *           },
         *           "usage": {},
         *           "money": {},
         *           "earned": {
         *             "usd": 12000
         *           },
         *           "breakage": {
         *             "usd": 300
         *           },
         *           "margins": {},
         *           "opened": 3,
         *           "day": "2026-11-22",
         *           "closed": true,
         *           "active": 80
         *         }
         *       ],
         *       "totals": {
         *         "movements": {
         *           "sold": "12.50",
         *           "bonus": "50.00",
         *           "granted": "12.50",
         *           "added": "12.50",
         *           "reversed": "0.00",
         *           "removed": "12.50",
         *           "spent": "12.50",
         *           "expired": "0.00",
         *           "refunded": "12.50",
         *           "net": "12.50"
         *         },
         *         "usage": {},
         *         "money": {},
         *         "earned": {
         *           "usd": 12000
         *         },
         *         "breakage": {
         *           "usd": 300
         *         },
         *         "margins": {},
         *         "opened": 3
         *       },
         *       "standing": {
         *         "accounts": 200,
         *         "by_status": {
         *           "active": 198,
         *           "frozen": 2
         *         },
         *         "unlimited": 1,
         *         "low": 12,
         *         "in_debt": 2,
         *         "active": 150,
         *         "balance": "41000.00",
         *         "debt": "12.50",
         *         "held": "35.00",
         *         "unspent": {
         *           "purchased": "40000.00"
         *         },
         *         "liability": {
         *           "usd": 380000
         *         }
         *       },
         *       "top": {
         *         "balance": [
         *           {
         *             "account_id": "user-1",
         *             "credits": "550.00"
         *           }
         *         ],
         *         "spend": [
         *           {
         *             "account_id": "user-1",
         *             "credits": "550.00"
         *           }
         *         ],
         *         "debt": [
         *           {
         *             "account_id": "user-1",
         *             "credits": "550.00"
         *           }
         *         ]
         *       }
         *     }
         */
        SystemAnalytics: {
            /**
             * @description The first day.
             * @example 2026-11-01
             */
            from: string;
            /**
             * @description The last day.
             * @example 2026-11-30
             */
            to: string;
            /**
             * @description The moment for which the answer is true.
             * @example 2026-11-22T22:24:16Z
             */
            as_of: string | null;
            /** @description Up to the snapshot's day, in order. */
            days: components["schemas"]["SystemDay"][];
            /** @description Of these days. */
            totals: components["schemas"]["Flows"];
            /** @description What all accounts have at `as_of`. */
            standing: components["schemas"]["Standing"];
            /** @description The accounts with most. */
            top: components["schemas"]["TopAccounts"];
        };
        /**
         * @description One UTC day.
         * @example {
         *       "movements": {
         *         "sold": "12.50",
         *         "bonus": "50.00",
         *         "granted": "12.50",
         *         "added": "12.50",
         *         "reversed": "0.00",
         *         "removed": "12.50",
         *         "spent": "12.50",
         *         "expired": "0.00",
         *         "refunded": "12.50",
         *         "net": "12.50"
         *       },
         *       "usage": {},
         *       "money": {},
         *       "earned": {
         *         "usd": 12000
         *       },
         *       "breakage": {
         *         "usd": 300
         *       },
         *       "margins": {},
         *       "opened": 3,
         *       "day": "2026-11-22",
         *       "closed": true,
         *       "active": 80
         *     }
         */
        SystemDay: {
            /** @description Credits by what happened to them. */
            movements: components["schemas"]["Movements"];
            /** @description By operation. */
            usage: {
                [key: string]: components["schemas"]["UsageSum"];
            };
            /** @description By currency. */
            money: {
                [key: string]: components["schemas"]["MoneySum"];
            };
            /**
             * @description What was paid for the credits that were spent, by currency.
             * @example {
             *       "usd": 12000
             *     }
             */
            earned: {
                [key: string]: number;
            };
            /**
             * @description What was paid for the credits that expired, by currency.
             * @example {
             *       "usd": 300
             *     }
             */
            breakage: {
                [key: string]: number;
            };
            /** @description By operation, of the usage of which the provider's cost is known. */
            margins: {
                [key: string]: components["schemas"]["Margin"];
            };
            /**
             * @description Accounts that were new.
             * @example 3
             */
            opened: number;
            /**
             * @description The UTC day.
             * @example 2026-11-22
             */
            day: string;
            /**
             * @description The day is over and all of it is added up.
             * @example true
             */
            closed: boolean;
            /**
             * @description Accounts that used something.
             * @example 80
             */
            active: number;
        };
        /**
         * @description What became of the test message of one channel, for mail of one address.
         * @example {
         *       "channel": "email",
         *       "email": "user@example.com",
         *       "result": "sent"
         *     }
         */
        TestMessage: {
            /**
             * @description By what it is sent.
             * @example email
             */
            channel: components["schemas"]["Channel"];
            /**
             * @description The address, in lower case.
             * @example user@example.com
             */
            email: string | null;
            /**
             * @description `unconfirmed`: the owner of the address has not agreed. `not_available`: the stack does not have this channel.
             * @example sent
             */
            result: components["schemas"]["TestMessageResult"];
        };
        /**
         * @description What became of a test message.
         * @example sent
         * @enum {string}
         */
        TestMessageResult: "sent" | "failed" | "unconfirmed" | "not_available";
        /**
         * @description What became of test messages.
         * @example {
         *       "results": [
         *         {
         *           "channel": "email",
         *           "email": "user@example.com",
         *           "result": "sent"
         *         }
         *       ]
         *     }
         */
        TestMessages: {
            /** @description One for each channel, for mail one for each address. */
            results: components["schemas"]["TestMessage"][];
        };
        /**
         * @description An account and how much it has of what it is ranked by.
         * @example {
         *       "account_id": "user-1",
         *       "credits": "550.00"
         *     }
         */
        TopAccount: {
            /**
             * @description Whose account it is: an id of your own system.
             * @example user-1
             */
            account_id: string;
            /**
             * @description Credits.
             * @example 550.00
             */
            credits: string;
        };
        /**
         * @description The ten accounts with most.
         * @example {
         *       "balance": [
         *         {
         *           "account_id": "user-1",
         *           "credits": "550.00"
         *         }
         *       ],
         *       "spend": [
         *         {
         *           "account_id": "user-1",
         *           "credits": "550.00"
         *         }
         *       ],
         *       "debt": [
         *         {
         *           "account_id": "user-1",
         *           "credits": "550.00"
         *         }
         *       ]
         *     }
         */
        TopAccounts: {
            /**
             * @description By balance.
             * @example [
             *       {
             *         "account_id": "user-1",
             *         "credits": "550.00"
             *       }
             *     ]
             */
            balance: components["schemas"]["TopAccount"][];
            /** @description In the thirty days up to `as_of`. */
            spend: components["schemas"]["TopAccount"][];
            /**
             * @description By what they owe.
             * @example [
             *       {
             *         "account_id": "user-1",
             *         "credits": "550.00"
             *       }
             *     ]
             */
            debt: components["schemas"]["TopAccount"][];
        };
        /**
         * @description The price of one unit.
         * @example {
         *       "unit": "minute",
         *       "rate": "0.50",
         *       "increment": "0.1",
         *       "minimum": "1",
         *       "description": "Each started minute of a call",
         *       "counted": false
         *     }
         */
        UnitPrice: {
            /**
             * @description A unit of the operation.
             * @example minute
             */
            unit: string;
            /**
             * @description Credits for one unit.
             * @example 0.50
             */
            rate: string;
            /**
             * @description Billed in whole steps of this.
             * @example 0.1
             */
            increment: string | null;
            /**
             * @description At least this much is billed.
             * @example 1
             */
            minimum: string | null;
            /**
             * @description For a person.
             * @example Each started minute of a call
             */
            description: string;
            /**
             * @description There are no parts of one, as of a message.
             * @example false
             */
            counted: boolean;
        };
        /**
         * @description One use of an operation.
         * @example {
         *       "operation": "vapi_call",
         *       "quantities": {
         *         "call": 1,
         *         "minute": 3.2
         *       },
         *       "reference": "call c-1"
         *     }
         * @example {
         *       "operation": "message",
         *       "quantity": 5
         *     }
         */
        Usage: {
            /**
             * @description Quantities by unit.
             * @example {
             *       "call": "1",
             *       "minute": "3.2"
             *     }
             */
            quantities?: {
                [key: string]: string | number;
            } | null;
            /**
             * @description How much was used, of an operation that has a single unit. More than six places are rounded, half to even.
             * @example 3.2
             */
            quantity?: (string | number) | null;
            /**
             * @description What is metered: a name of the price list.
             * @example vapi_call
             */
            operation: string;
            /**
             * @description Whose credits: a service must name the account; others may only name their own.
             * @example user-1
             */
            account_id?: string | null;
            /**
             * @description Your own name for what happened.
             * @example call c-1
             */
            reference?: string | null;
            /**
             * @description Your own notes, at most 1 KB and 16 keys. Numbers are kept as text, as they were written.
             * @example {
             *       "call_id": "c-1"
             *     }
             */
            metadata?: {
                [key: string]: string | number | boolean;
            } | null;
            /**
             * @description When it happened, where that is not now. It chooses the price version; from services only, within 35 days.
             * @example 2026-11-22T22:24:16Z
             */
            occurred_at?: string | null;
        };
        /**
         * @description What an account used, added up by its own days.
         * @example {
         *       "from": "2026-11-01",
         *       "to": "2026-11-30",
         *       "buckets": [
         *         {
         *           "units": {
         *             "minute": "3.2"
         *           },
         *           "credits": "2.60",
         *           "waived": "0.00",
         *           "reversed": "0.00",
         *           "count": 1,
         *           "key": "2026-11-22",
         *           "from": "2026-11-22",
         *           "to": "2026-11-22",
         *           "partial": true,
         *           "operations": {}
         *         }
         *       ],
         *       "other": {
         *         "units": {
         *           "minute": "3.2"
         *         },
         *         "credits": "2.60",
         *         "waived": "0.00",
         *         "reversed": "0.00",
         *         "count": 1,
         *         "key": "2026-11-22",
         *         "from": "2026-11-22",
         *         "to": "2026-11-22",
         *         "partial": true,
         *         "operations": {}
         *       },
         *       "totals": {
         *         "units": {
         *           "minute": "3.2"
         *         },
         *         "credits": "2.60",
         *         "waived": "0.00",
         *         "reversed": "0.00",
         *         "count": 1
         *       },
         *       "complete": true,
         *       "time_zone": "Europe/Berlin",
         *       "group_by": "day",
         *       "operations": {},
         *       "previous": {
         *         "from": "2026-11-01",
         *         "to": "2026-11-30",
         *         "buckets": [
         *           {
         *             "units": {
         *               "minute": "3.2"
         *             },
         *             "credits": "2.60",
         *             "waived": "0.00",
         *             "reversed": "0.00",
         *             "count": 1,
         *             "key": "2026-11-22",
         *             "from": "2026-11-22",
         *             "to": "2026-11-22",
         *             "partial": true,
         *             "operations": {}
         *           }
         *         ],
         *         "other": {
         *           "units": {
         *             "minute": "3.2"
         *           },
         *           "credits": "2.60",
         *           "waived": "0.00",
         *           "reversed": "0.00",
         *           "count": 1,
         *           "key": "2026-11-22",
         *           "from": "2026-11-22",
         *           "to": "2026-11-22",
         *           "partial": true,
         *           "operations": {}
         *         },
         *         "totals": {
         *           "units": {
         *             "minute": "3.2"
         *           },
         *           "credits": "2.60",
         *           "waived": "0.00",
         *           "reversed": "0.00",
         *           "count": 1
         *         },
         *         "complete": true
         *       },
         *       "largest": {
         *         "items": [
         *           {
         *             "entry_id": "dTp1c2FnZTpjYWxsLTE",
         *             "account_id": "user-1",
         *             "seq": 7,
         *             "kind": "usage",
         *             "amount": "-2.60",
         *             "held_change": "0.00",
         *             "balance_after": "97.40",
         *             "available_after": "97.40",
         *             "operation": "vapi_call",
         *             "quantities": {
         *               "call": "1",
         *               "minute": "3.2"
         *             },
         *             "waived": "0.00",
         *             "shortfall": "0.00",
         *             "debt_paid": "0.00",
         *             "burned": [
         *               {
         *                 "grant_id": "g1",
         *                 "amount": "2.60"
         *               }
         *             ],
         *             "rounded": false,
         *             "hold_id": "MTI6dXNlci0x",
         *             "hold_amount": "5.00",
         *             "final": false,
         *             "grant_id": "g1",
         *             "expires_at": "2026-12-31T23:00:00Z",
         *             "reason": "Goodwill after an outage",
         *             "reference": "call c-1",
         *             "metadata": {
         *               "call_id": "c-1"
         *             },
         *             "actor": "user:user-1",
         *             "occurred_at": "2026-11-22T22:24:16Z",
         *             "posted_at": "2026-11-22T22:24:17Z",
         *             "usage_day": "2026-11-22"
         *           }
         *         ],
         *         "complete": true
         *       },
         *       "burn_rate": {
         *         "days": 7,
         *         "spent": "35.00",
         *         "per_day": "18.53",
         *         "days_left": 41
         *       },
         *       "as_of": "2026-11-22T22:24:16Z"
         *     }
         */
        UsageAnalytics: {
            /**
             * @description The first day.
             * @example 2026-11-01
             */
            from: string;
            /**
             * @description The last day.
             * @example 2026-11-30
             */
            to: string;
            /** @description By time in order, one for each day, week or month up to today; else the most expensive first. */
            buckets: components["schemas"]["UsageBucket"][];
            /** @description By reference: what was used under those that are not among the 100 most expensive. */
            other: components["schemas"]["UsageBucket"] | null;
            /** @description All usage of these days, whatever the buckets hold. */
            totals: components["schemas"]["UsageSum"];
            /**
             * @description The buckets hold all usage; false by reference beyond 10,000 entries or 3 seconds: then they hold the newest.
             * @example true
             */
            complete: boolean;
            /**
             * @description The account's: its days begin and end by it.
             * @example Europe/Berlin
             */
            time_zone: string;
            /**
             * @description What it is added up by.
             * @example day
             */
            group_by: components["schemas"]["UsageGrouping"];
            /** @description The totals by operation. */
            operations: {
                [key: string]: components["schemas"]["UsageSum"];
            };
            /** @description As many days before, if asked for. */
            previous: components["schemas"]["UsagePeriod"] | null;
            /** @description If asked for. */
            largest: components["schemas"]["LargestEntries"] | null;
            /** @description Null where credits were spent on fewer than three of the last seven days. */
            burn_rate: components["schemas"]["BurnRate"] | null;
            /**
             * Format: date-time
             * @description The moment for which the answer is true.
             * @example 2026-11-22T22:24:16Z
             */
            as_of: string;
        };
        /**
         * @description Many uses, each answered for itself.
         * @example {
         *       "events": [
         *         {
         *           "key": "message-1",
         *           "operation": "message",
         *           "quantity": 1
         *         },
         *         {
         *           "key": "message-2",
         *           "operation": "message",
         *           "quantity": 2
         *         }
         *       ]
         *     }
         */
        UsageBatch: {
            /** @description 1 to 500 events, answered in their order. */
            events: components["schemas"]["UsageEvent"][];
        };
        /**
         * @description An answer for each event, in their order.
         * @example {
         *       "items": [
         *         {
         *           "key": "call-1",
         *           "status": 201,
         *           "replayed": false,
         *           "entry": {
         *             "entry_id": "dTp1c2FnZTpjYWxsLTE",
         *             "account_id": "user-1",
         *             "seq": 7,
         *             "kind": "usage",
         *             "amount": "-2.60",
         *             "held_change": "0.00",
         *             "balance_after": "97.40",
         *             "available_after": "97.40",
         *             "operation": "vapi_call",
         *             "quantities": {
         *               "call": "1",
         *               "minute": "3.2"
         *             },
         *             "waived": "0.00",
         *             "shortfall": "0.00",
         *             "debt_paid": "0.00",
         *             "burned": [
         *               {
         *                 "grant_id": "g1",
         *                 "amount": "2.60"
         *               }
         *             ],
         *             "rounded": false,
         *             "hold_id": "MTI6dXNlci0x",
         *             "hold_amount": "5.00",
         *             "final": false,
         *             "grant_id": "g1",
         *             "expires_at": "2026-12-31T23:00:00Z",
         *             "reason": "Goodwill after an outage",
         *             "reference": "call c-1",
         *             "metadata": {
         *               "call_id": "c-1"
         *             },
         *             "actor": "user:user-1",
         *             "occurred_at": "2026-11-22T22:24:16Z",
         *             "posted_at": "2026-11-22T22:24:17Z",
         *             "usage_day": "2026-11-22"
         *           },
         *           "problem": {
         *             "code": "insufficient_credits",
         *             "status": 402
         *           }
         *         }
         *       ]
         *     }
         */
        UsageBatchResult: {
            /** @description What was asked for. */
            items: components["schemas"]["UsageEventResult"][];
        };
        /**
         * @description Usage under one key, and by operation.
         * @example {
         *       "units": {
         *         "minute": "3.2"
         *       },
         *       "credits": "2.60",
         *       "waived": "0.00",
         *       "reversed": "0.00",
         *       "count": 1,
         *       "key": "2026-11-22",
         *       "from": "2026-11-22",
         *       "to": "2026-11-22",
         *       "partial": true,
         *       "operations": {}
         *     }
         */
        UsageBucket: {
            /**
             * @description The price of each unit.
             * @example {
             *       "minute": "3.2"
             *     }
             */
            units: {
                [key: string]: string;
            };
            /**
             * @description Credits that are bought, without the bonus.
             * @example 2.60
             */
            credits: string;
            /**
             * @description Full price of what nobody was asked to pay.
             * @example 0.00
             */
            waived: string;
            /**
             * @description Credits given back for usage, on these days.
             * @example 0.00
             */
            reversed: string;
            /**
             * @description How often; the captures of one hold are one use.
             * @example 1
             */
            count: number;
            /**
             * @description A day, an ISO week, a month, an operation, a variant or a reference; null for usage without a reference.
             * @example 2026-11-22
             */
            key: string | null;
            /**
             * @description Entries at or after this time, or this day (UTC).
             * @example 2026-11-22
             */
            from: string;
            /**
             * @description Entries before this time, or up to the end of this day (UTC).
             * @example 2026-11-22
             */
            to: string;
            /**
             * @description It holds less than its key says: days are still to come or under way, were not asked for, or entries were too many to be read.
             * @example true
             */
            partial: boolean;
            /** @description The same by operation. */
            operations: {
                [key: string]: components["schemas"]["UsageSum"];
            };
        };
        /**
         * @description One use among many, with its own key.
         * @example {
         *       "key": "message-1",
         *       "operation": "message",
         *       "quantity": 1
         *     }
         */
        UsageEvent: {
            /**
             * @description Quantities by unit.
             * @example {
             *       "call": "1",
             *       "minute": "3.2"
             *     }
             */
            quantities?: {
                [key: string]: string | number;
            } | null;
            /**
             * @description How much was used, of an operation that has a single unit. More than six places are rounded, half to even.
             * @example 3.2
             */
            quantity?: (string | number) | null;
            /**
             * @description What is metered: a name of the price list.
             * @example vapi_call
             */
            operation: string;
            /**
             * @description Whose credits: a service must name the account; others may only name their own.
             * @example user-1
             */
            account_id?: string | null;
            /**
             * @description Your own name for what happened.
             * @example call c-1
             */
            reference?: string | null;
            /**
             * @description Your own notes, at most 1 KB and 16 keys. Numbers are kept as text, as they were written.
             * @example {
             *       "call_id": "c-1"
             *     }
             */
            metadata?: {
                [key: string]: string | number | boolean;
            } | null;
            /**
             * @description When it happened, where that is not now. It chooses the price version; from services only, within 35 days.
             * @example 2026-11-22T22:24:16Z
             */
            occurred_at?: string | null;
            /**
             * @description As an Idempotency-Key, for this event.
             * @example call-1
             */
            key: string;
        };
        /**
         * @description What became of one event: `status` is what it would have been answered alone.
         * @example {
         *       "key": "call-1",
         *       "status": 201,
         *       "replayed": false,
         *       "entry": {
         *         "entry_id": "dTp1c2FnZTpjYWxsLTE",
         *         "account_id": "user-1",
         *         "seq": 7,
         *         "kind": "usage",
         *         "amount": "-2.60",
         *         "held_change": "0.00",
         *         "balance_after": "97.40",
         *         "available_after": "97.40",
         *         "operation": "vapi_call",
         *         "quantities": {
         *           "call": "1",
         *           "minute": "3.2"
         *         },
         *         "waived": "0.00",
         *         "shortfall": "0.00",
         *         "debt_paid": "0.00",
         *         "burned": [
         *           {
         *             "grant_id": "g1",
         *             "amount": "2.60"
         *           }
         *         ],
         *         "rounded": false,
         *         "hold_id": "MTI6dXNlci0x",
         *         "hold_amount": "5.00",
         *         "final": false,
         *         "grant_id": "g1",
         *         "expires_at": "2026-12-31T23:00:00Z",
         *         "reason": "Goodwill after an outage",
         *         "reference": "call c-1",
         *         "metadata": {
         *           "call_id": "c-1"
         *         },
         *         "actor": "user:user-1",
         *         "occurred_at": "2026-11-22T22:24:16Z",
         *         "posted_at": "2026-11-22T22:24:17Z",
         *         "usage_day": "2026-11-22"
         *       },
         *       "problem": {
         *         "code": "insufficient_credits",
         *         "status": 402
         *       }
         *     }
         */
        UsageEventResult: {
            /**
             * @description The event's own; null where it has none to be read.
             * @example call-1
             */
            key: string | null;
            /**
             * @description The HTTP status that the event would have been answered alone.
             * @example 201
             */
            status: number;
            /**
             * @description The event was recorded before, under the same key.
             * @example false
             */
            replayed: boolean;
            /** @description The entry of the event; null where it was refused. */
            entry: components["schemas"]["Entry"] | null;
            /**
             * @description An RFC 9457 problem.
             * @example {
             *       "code": "insufficient_credits",
             *       "status": 402
             *     }
             */
            problem: {
                [key: string]: unknown;
            } | null;
        };
        /**
         * @description What usage is added up by.
         * @example day
         * @enum {string}
         */
        UsageGrouping: "day" | "week" | "month" | "operation" | "variant" | "reference";
        /**
         * @description One use of an operation, or many uses under `events`.
         * @example {
         *       "operation": "vapi_call",
         *       "quantities": {
         *         "call": 1,
         *         "minute": 3.2
         *       }
         *     }
         * @example {
         *       "events": [
         *         {
         *           "key": "message-1",
         *           "operation": "message",
         *           "quantity": 1
         *         }
         *       ]
         *     }
         */
        UsageOrBatch: components["schemas"]["Usage"] | components["schemas"]["UsageBatch"];
        /**
         * @description Buckets and totals of some days, both ends included.
         * @example {
         *       "from": "2026-11-01",
         *       "to": "2026-11-30",
         *       "buckets": [
         *         {
         *           "units": {
         *             "minute": "3.2"
         *           },
         *           "credits": "2.60",
         *           "waived": "0.00",
         *           "reversed": "0.00",
         *           "count": 1,
         *           "key": "2026-11-22",
         *           "from": "2026-11-22",
         *           "to": "2026-11-22",
         *           "partial": true,
         *           "operations": {}
         *         }
         *       ],
         *       "other": {
         *         "units": {
         *           "minute": "3.2"
         *         },
         *         "credits": "2.60",
         *         "waived": "0.00",
         *         "reversed": "0.00",
         *         "count": 1,
         *         "key": "2026-11-22",
         *         "from": "2026-11-22",
         *         "to": "2026-11-22",
         *         "partial": true,
         *         "operations": {}
         *       },
         *       "totals": {
         *         "units": {
         *           "minute": "3.2"
         *         },
         *         "credits": "2.60",
         *         "waived": "0.00",
         *         "reversed": "0.00",
         *         "count": 1
         *       },
         *       "complete": true
         *     }
         */
        UsagePeriod: {
            /**
             * @description The first day.
             * @example 2026-11-01
             */
            from: string;
            /**
             * @description The last day.
             * @example 2026-11-30
             */
            to: string;
            /** @description By time in order, one for each day, week or month up to today; else the most expensive first. */
            buckets: components["schemas"]["UsageBucket"][];
            /** @description By reference: what was used under those that are not among the 100 most expensive. */
            other: components["schemas"]["UsageBucket"] | null;
            /** @description All usage of these days, whatever the buckets hold. */
            totals: components["schemas"]["UsageSum"];
            /**
             * @description The buckets hold all usage; false by reference beyond 10,000 entries or 3 seconds: then they hold the newest.
             * @example true
             */
            complete: boolean;
        };
        /**
         * @description What was used: how often, how much, and for how many credits.
         * @example {
         *       "units": {
         *         "minute": "3.2"
         *       },
         *       "credits": "2.60",
         *       "waived": "0.00",
         *       "reversed": "0.00",
         *       "count": 1
         *     }
         */
        UsageSum: {
            /**
             * @description The price of each unit.
             * @example {
             *       "minute": "3.2"
             *     }
             */
            units: {
                [key: string]: string;
            };
            /**
             * @description Credits that are bought, without the bonus.
             * @example 2.60
             */
            credits: string;
            /**
             * @description Full price of what nobody was asked to pay.
             * @example 0.00
             */
            waived: string;
            /**
             * @description Credits given back for usage, on these days.
             * @example 0.00
             */
            reversed: string;
            /**
             * @description How often; the captures of one hold are one use.
             * @example 1
             */
            count: number;
        };
        /**
         * @description Where a version stands: `current` is the latest that began, in force or ended.
         * @example past
         * @enum {string}
         */
        VersionState: "past" | "current" | "upcoming";
        /**
         * @description A webhook; its secrets are never shown again.
         * @example {
         *       "webhook_id": "wh_0123456789abcdef0123456789abcdef",
         *       "url": "https://example.com/prepaid",
         *       "description": "Low balances to the billing service",
         *       "event_types": [
         *         "credits.balance.*",
         *         "credits.purchase.succeeded"
         *       ],
         *       "account_ids": [
         *         "user-1"
         *       ],
         *       "enabled": true,
         *       "disabled_reason": "failing",
         *       "disabled_at": "2026-11-27T12:00:00Z",
         *       "failing_since": "2026-11-22T12:00:00Z",
         *       "old_secrets_valid_until": [
         *         "2026-11-23T12:00:00Z"
         *       ],
         *       "created_at": "2026-11-22T12:00:00Z",
         *       "updated_at": "2026-11-22T12:00:00Z",
         *       "updated_by": "admin:admin-1",
         *       "version": 1
         *     }
         */
        Webhook: {
            /**
             * @description Names the webhook.
             * @example wh_0123456789abcdef0123456789abcdef
             */
            webhook_id: string;
            /**
             * @description An https URL of a public host; redirects are not followed.
             * @example https://example.com/prepaid
             */
            url: string;
            /**
             * @description What it is for, for a person.
             * @example Low balances to the billing service
             */
            description: string;
            /**
             * @description Types of events that it hears of, or the beginnings of their names; empty for all.
             * @example [
             *       "credits.balance.*",
             *       "credits.purchase.succeeded"
             *     ]
             */
            event_types: string[];
            /**
             * @description Accounts that it hears of; empty for all.
             * @example [
             *       "user-1"
             *     ]
             */
            account_ids: string[];
            /**
             * @description Whether anything is sent to it.
             * @example true
             */
            enabled: boolean;
            /**
             * @description `asked`; `gone` after a 410; `failing` after five days without a success.
             * @example failing
             */
            disabled_reason: components["schemas"]["DisabledBecause"] | null;
            /**
             * @description When it was disabled.
             * @example 2026-11-27T12:00:00Z
             */
            disabled_at: string | null;
            /**
             * @description The first failure since the last success.
             * @example 2026-11-22T12:00:00Z
             */
            failing_since: string | null;
            /**
             * @description When each secret before the newest stops signing.
             * @example [
             *       "2026-11-23T12:00:00Z"
             *     ]
             */
            old_secrets_valid_until: string[];
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-11-22T12:00:00Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When somebody changed it last.
             * @example 2026-11-22T12:00:00Z
             */
            updated_at: string;
            /**
             * @description Who did: role and subject.
             * @example admin:admin-1
             */
            updated_by: string;
            /**
             * @description Counts changes; a change names the one that it was made of.
             * @example 1
             */
            version: number;
        };
        /**
         * @description All terms of a webhook, as they shall be from now on.
         * @example {
         *       "url": "https://example.com/prepaid",
         *       "event_types": [
         *         "credits.balance.*"
         *       ],
         *       "enabled": true,
         *       "version": 1
         *     }
         */
        WebhookChange: {
            /**
             * @description An https URL of a public host; redirects are not followed.
             * @example https://example.com/prepaid
             */
            url: string;
            /**
             * @description What it is for, for a person.
             * @example Low balances to the billing service
             */
            description?: string | null;
            /**
             * @description Types of events that it hears of, or the beginnings of their names; empty for all.
             * @example [
             *       "credits.balance.*",
             *       "credits.purchase.succeeded"
             *     ]
             */
            event_types?: string[] | null;
            /**
             * @description Accounts that it hears of; empty for all.
             * @example [
             *       "user-1"
             *     ]
             */
            account_ids?: string[] | null;
            /**
             * @description Whether anything is sent to it.
             * @example true
             */
            enabled?: boolean | null;
            /**
             * @description Counts changes; a change names the one that it was made of.
             * @example 1
             */
            version: number;
        };
        /**
         * @description A webhook with the secret that this request made.
         * @example {
         *       "webhook_id": "wh_0123456789abcdef0123456789abcdef",
         *       "url": "https://example.com/prepaid",
         *       "description": "Low balances to the billing service",
         *       "event_types": [
         *         "credits.balance.*",
         *         "credits.purchase.succeeded"
         *       ],
         *       "account_ids": [
         *         "user-1"
         *       ],
         *       "enabled": true,
         *       "disabled_reason": "failing",
         *       "disabled_at": "2026-11-27T12:00:00Z",
         *       "failing_since": "2026-11-22T12:00:00Z",
         *       "old_secrets_valid_until": [
         *         "2026-11-23T12:00:00Z"
         *       ],
         *       "created_at": "2026-11-22T12:00:00Z",
         *       "updated_at": "2026-11-22T12:00:00Z",
         *       "updated_by": "admin:admin-1",
         *       "version": 1,
         *       "secret": "whsec_QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE="
         *     }
         */
        WebhookWithSecret: {
            /**
             * @description Names the webhook.
             * @example wh_0123456789abcdef0123456789abcdef
             */
            webhook_id: string;
            /**
             * @description An https URL of a public host; redirects are not followed.
             * @example https://example.com/prepaid
             */
            url: string;
            /**
             * @description What it is for, for a person.
             * @example Low balances to the billing service
             */
            description: string;
            /**
             * @description Types of events that it hears of, or the beginnings of their names; empty for all.
             * @example [
             *       "credits.balance.*",
             *       "credits.purchase.succeeded"
             *     ]
             */
            event_types: string[];
            /**
             * @description Accounts that it hears of; empty for all.
             * @example [
             *       "user-1"
             *     ]
             */
            account_ids: string[];
            /**
             * @description Whether anything is sent to it.
             * @example true
             */
            enabled: boolean;
            /**
             * @description `asked`; `gone` after a 410; `failing` after five days without a success.
             * @example failing
             */
            disabled_reason: components["schemas"]["DisabledBecause"] | null;
            /**
             * @description When it was disabled.
             * @example 2026-11-27T12:00:00Z
             */
            disabled_at: string | null;
            /**
             * @description The first failure since the last success.
             * @example 2026-11-22T12:00:00Z
             */
            failing_since: string | null;
            /**
             * @description When each secret before the newest stops signing.
             * @example [
             *       "2026-11-23T12:00:00Z"
             *     ]
             */
            old_secrets_valid_until: string[];
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-11-22T12:00:00Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When somebody changed it last.
             * @example 2026-11-22T12:00:00Z
             */
            updated_at: string;
            /**
             * @description Who did: role and subject.
             * @example admin:admin-1
             */
            updated_by: string;
            /**
             * @description Counts changes; a change names the one that it was made of.
             * @example 1
             */
            version: number;
            /**
             * @description What the receiver verifies with; null once there is a newer one.
             * @example whsec_QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=
             */
            secret: string | null;
        };
        /**
         * @description Every webhook, the oldest first.
         * @example {
         *       "items": [
         *         {
         *           "webhook_id": "wh_0123456789abcdef0123456789abcdef",
         *           "url": "https://example.com/prepaid",
         *           "description": "Low balances to the billing service",
         *           "event_types": [
         *             "credits.balance.*",
         *             "credits.purchase.succeeded"
         *           ],
         *           "account_ids": [
         *             "user-1"
         *           ],
         *           "enabled": true,
         *           "disabled_reason": "failing",
         *           "disabled_at": "2026-11-27T12:00:00Z",
         *           "failing_since": "2026-11-22T12:00:00Z",
         *           "old_secrets_valid_until": [
         *             "2026-11-23T12:00:00Z"
         *           ],
         *           "created_at": "2026-11-22T12:00:00Z",
         *           "updated_at": "2026-11-22T12:00:00Z",
         *           "updated_by": "admin:admin-1",
         *           "version": 1
         *         }
         *       ]
         *     }
         */
        Webhooks: {
            /** @description What was asked for. */
            items: components["schemas"]["Webhook"][];
        };
        /**
         * @description Why something is done.
         * @example {
         *       "reason": "Goodwill after an outage",
         *       "note": "Ticket 4182"
         *     }
         */
        Why: {
            /**
             * @description Why, in the words of whoever did it.
             * @example Goodwill after an outage
             */
            reason: string;
            /**
             * @description For admins only; the owner of the account never sees it.
             * @example Ticket 4182
             */
            note?: string | null;
        };
        /**
         * @description The time in which a limit counts.
         * @example hour
         * @enum {string}
         */
        Window: "hour" | "day" | "month";
    };
    responses: never;
    parameters: {
        /** @description Repeating a request under its key is safe and gets the first answer. */
        IdempotencyKey: string;
        /** @description Needed for a single use: repeating it under its key is safe and gets the first answer. A batch needs none, as each of its events has a `key`. */
        OptionalIdempotencyKey: string;
        /** @description The `ETag` of an answer that the client has: 304 while that still holds. */
        IfNoneMatch: string;
        /** @description The `ETag` of what the client saw, or `*` for whatever is there. 412 where somebody has saved since, 428 without it. */
        IfMatch: string;
        /** @description Another account than the caller's own, where the role allows it. */
        AccountId: string;
    };
    requestBodies: never;
    headers: {
        /** @description To quote when you ask for help. */
        RequestId: string;
        /** @description Nothing was done now: this is the answer of the first request under the key. */
        Replayed: "true";
        /** @description Send it as `If-None-Match`. */
        ETag: string;
        /** @description Send it as `If-Match` to replace what was saved. It is of what was saved: how limits stand may differ under one tag. */
        Version: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    adjust_credits: {
        parameters: {
            query?: never;
            header: {
                /** @description Repeating a request under its key is safe and gets the first answer. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Adjustment"];
            };
        };
        responses: {
            /** @description Done before under this key, or a batch with an answer for each item. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "idempotency-replayed": components["headers"]["Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Entry"] | components["schemas"]["AdjustmentPreview"];
                };
            };
            /** @description Done now. */
            201: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Entry"] | components["schemas"]["AdjustmentPreview"];
                };
            };
            /**
             * @description `malformed_request`: The request cannot be read.
             *     `idempotency_key_missing`: An Idempotency-Key header is required.
             *     `idempotency_key_invalid`: The Idempotency-Key header is invalid.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `insufficient_credits`: Not enough credits. */
            402: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     `limit_exceeded`: A limit of the account is reached.
             *     `adjustment_too_large`: Only a super admin may add or remove so much.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: The request is invalid.
             *     `idempotency_key_reused`: The Idempotency-Key belongs to another request.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_system_analytics: {
        parameters: {
            query?: {
                /** @description The first day, in UTC; without it, the 29 days before `to` as well. */
                from?: string | null;
                /** @description The last day, included; today without it. At most 366 days. */
                to?: string | null;
                /** @description `csv` answers the days as one table. */
                format?: ("json" | "csv") | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SystemAnalytics"];
                    "text/csv": string;
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_audit: {
        parameters: {
            query?: {
                /** @description How many items a page has at most; more than 100 is taken as 100. */
                limit?: number;
                /** @description `next_cursor` of the page before, with the same filters. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                };
            };
            /** @description `cursor_invalid`: The cursor is invalid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_exceptions: {
        parameters: {
            query?: {
                /** @description How many items a page has at most; more than 100 is taken as 100. */
                limit?: number;
                /** @description `next_cursor` of the page before, with the same filters. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExceptionPage"];
                };
            };
            /** @description `cursor_invalid`: The cursor is invalid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assign_exception: {
        parameters: {
            query?: never;
            header: {
                /** @description Repeating a request under its key is safe and gets the first answer. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The case, as the list names it. */
                exception_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Assignment"];
            };
        };
        responses: {
            /** @description Done before under this key, or a batch with an answer for each item. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "idempotency-replayed": components["headers"]["Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exception"];
                };
            };
            /** @description Done now. */
            201: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exception"];
                };
            };
            /**
             * @description `malformed_request`: The request cannot be read.
             *     `idempotency_key_missing`: An Idempotency-Key header is required.
             *     `idempotency_key_invalid`: The Idempotency-Key header is invalid.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `call_already_bound`: The call belongs to another account or hold. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: It has changed since it was read. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: The request is invalid.
             *     `idempotency_key_reused`: The Idempotency-Key belongs to another request.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resolve_exception: {
        parameters: {
            query?: never;
            header: {
                /** @description Repeating a request under its key is safe and gets the first answer. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The case, as the list names it. */
                exception_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExceptionResolution"];
            };
        };
        responses: {
            /** @description Done before under this key, or a batch with an answer for each item. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "idempotency-replayed": components["headers"]["Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exception"];
                };
            };
            /** @description Done now. */
            201: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exception"];
                };
            };
            /**
             * @description `malformed_request`: The request cannot be read.
             *     `idempotency_key_missing`: An Idempotency-Key header is required.
             *     `idempotency_key_invalid`: The Idempotency-Key header is invalid.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: The request is invalid.
             *     `idempotency_key_reused`: The Idempotency-Key belongs to another request.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retry_exception: {
        parameters: {
            query?: never;
            header: {
                /** @description Repeating a request under its key is safe and gets the first answer. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The case, as the list names it. */
                exception_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ExceptionRetry"];
            };
        };
        responses: {
            /** @description Done before under this key, or a batch with an answer for each item. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "idempotency-replayed": components["headers"]["Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetriedException"];
                };
            };
            /** @description Done now. */
            201: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetriedException"];
                };
            };
            /**
             * @description `malformed_request`: The request cannot be read.
             *     `idempotency_key_missing`: An Idempotency-Key header is required.
             *     `idempotency_key_invalid`: The Idempotency-Key header is invalid.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: The request is invalid.
             *     `idempotency_key_reused`: The Idempotency-Key belongs to another request.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    grant_credits: {
        parameters: {
            query?: never;
            header: {
                /** @description Repeating a request under its key is safe and gets the first answer. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewGrant"];
            };
        };
        responses: {
            /** @description Done before under this key, or a batch with an answer for each item. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "idempotency-replayed": components["headers"]["Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Entry"];
                };
            };
            /** @description Done now. */
            201: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Entry"];
                };
            };
            /**
             * @description `malformed_request`: The request cannot be read.
             *     `idempotency_key_missing`: An Idempotency-Key header is required.
             *     `idempotency_key_invalid`: The Idempotency-Key header is invalid.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     `limit_exceeded`: A limit of the account is reached.
             *     `adjustment_too_large`: Only a super admin may add or remove so much.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: The request is invalid.
             *     `idempotency_key_reused`: The Idempotency-Key belongs to another request.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    void_grant: {
        parameters: {
            query?: never;
            header: {
                /** @description Repeating a request under its key is safe and gets the first answer. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The account. */
                account_id: string;
                /** @description The grant, as the list of grants names it. */
                grant_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GrantVoid"];
            };
        };
        responses: {
            /** @description Done before under this key, or a batch with an answer for each item. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "idempotency-replayed": components["headers"]["Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Entry"];
                };
            };
            /** @description Done now. */
            201: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Entry"];
                };
            };
            /**
             * @description `malformed_request`: The request cannot be read.
             *     `idempotency_key_missing`: An Idempotency-Key header is required.
             *     `idempotency_key_invalid`: The Idempotency-Key header is invalid.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `insufficient_credits`: Not enough credits. */
            402: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `already_reversed`: It was taken back before.
             *     `grant_merged`: The grant lives on in another one.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: The request is invalid.
             *     `idempotency_key_reused`: The Idempotency-Key belongs to another request.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    release_hold: {
        parameters: {
            query?: never;
            header: {
                /** @description Repeating a request under its key is safe and gets the first answer. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The hold, as the answer that opened it names it. */
                hold_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Why"];
            };
        };
        responses: {
            /** @description Done before under this key, or a batch with an answer for each item. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "idempotency-replayed": components["headers"]["Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Entry"];
                };
            };
            /** @description Done now. */
            201: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Entry"];
                };
            };
            /**
             * @description `malformed_request`: The request cannot be read.
             *     `idempotency_key_missing`: An Idempotency-Key header is required.
             *     `idempotency_key_invalid`: The Idempotency-Key header is invalid.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `hold_ended`: The hold has ended. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: The request is invalid.
             *     `idempotency_key_reused`: The Idempotency-Key belongs to another request.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    manage_packages: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminPackages"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_package: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPackage"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminPackage"];
                };
            };
            /** @description `malformed_request`: The request cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `precondition_failed`: It has changed since it was read. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_package: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The package. */
                package_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PackageChange"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminPackage"];
                };
            };
            /** @description `malformed_request`: The request cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: It has changed since it was read. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    archive_package: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The package. */
                package_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminPackage"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: It has changed since it was read. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_phone_numbers: {
        parameters: {
            query?: {
                /** @description How many items a page has at most; more than 100 is taken as 100. */
                limit?: number;
                /** @description `next_cursor` of the page before, with the same filters. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PhoneNumberPage"];
                };
            };
            /** @description `cursor_invalid`: The cursor is invalid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_phone_number: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The number or campaign, by the provider's id. */
                phone_number_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPhoneNumber"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PhoneNumber"];
                };
            };
            /** @description `malformed_request`: The request cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_phone_number: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The number or campaign, by the provider's id. */
                phone_number_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletedPhoneNumber"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    manage_pricing: {
        parameters: {
            query?: {
                /** @description The plan for which the price holds. */
                plan?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminPrices"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_price: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPrice"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangedPrices"];
                };
            };
            /** @description `malformed_request`: The request cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `precondition_failed`: It has changed since it was read. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_price_draft: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPriceDraft"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PriceDraft"];
                };
            };
            /** @description `malformed_request`: The request cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `precondition_failed`: It has changed since it was read. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_price_draft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The draft. */
                draft_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PriceDraftChange"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PriceDraft"];
                };
            };
            /** @description `malformed_request`: The request cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: It has changed since it was read. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_price_draft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The draft. */
                draft_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PriceDraft"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: It has changed since it was read. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    publish_price_draft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The draft. */
                draft_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Publication"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangedPrices"];
                };
            };
            /** @description `malformed_request`: The request cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: It has changed since it was read. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_price: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The `price_id` of a version. */
                price_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangedPrices"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: It has changed since it was read. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refund_payment: {
        parameters: {
            query?: never;
            header: {
                /** @description Repeating a request under its key is safe and gets the first answer. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRefund"];
            };
        };
        responses: {
            /** @description Done before under this key, or a batch with an answer for each item. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "idempotency-replayed": components["headers"]["Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refund"];
                };
            };
            /** @description Done now. */
            201: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refund"];
                };
            };
            /**
             * @description `malformed_request`: The request cannot be read.
             *     `idempotency_key_missing`: An Idempotency-Key header is required.
             *     `idempotency_key_invalid`: The Idempotency-Key header is invalid.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: The request is invalid.
             *     `idempotency_key_reused`: The Idempotency-Key belongs to another request.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_limited`: Too many requests.
             *     Too many requests (the gateway's own answer).
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_account_settings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    etag: components["headers"]["Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settings"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_account_settings: {
        parameters: {
            query?: never;
            header: {
                /** @description The `ETag` of what the client saw, or `*` for whatever is there. 412 where somebody has saved since, 428 without it. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                /** @description The account. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["NewAccountSettings"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    etag: components["headers"]["Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settings"];
                };
            };
            /** @description `malformed_request`: The request cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: It has changed since it was read. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_required`: An If-Match header is required. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_accounts: {
        parameters: {
            query?: {
                /** @description How many items a page has at most; more than 100 is taken as 100. */
                limit?: number;
                /** @description `next_cursor` of the page before, with the same filters. */
                cursor?: string | null;
                /** @description Accounts whose ids begin so. */
                search?: string | null;
                /** @description The address, in lower case. */
                email?: string | null;
                /** @description Accounts of this list only: frozen, closed, unlimited, debt, low or drift. */
                status?: components["schemas"]["AccountFilter"] | null;
                /** @description The first 1,000 of the last snapshot, the greatest first. */
                sort?: components["schemas"]["AccountOrder"] | null;
                /** @description `csv` answers the page as a table. */
                format?: ("json" | "csv") | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountPage"];
                    "text/csv": string;
                };
            };
            /** @description `cursor_invalid`: The cursor is invalid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_account: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountDetail"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_profile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["NewProfile"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Profile"];
                };
            };
            /** @description `malformed_request`: The request cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_account_status: {
        parameters: {
            query?: never;
            header: {
                /** @description Repeating a request under its key is safe and gets the first answer. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The account. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StatusChange"];
            };
        };
        responses: {
            /** @description Done before under this key, or a batch with an answer for each item. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "idempotency-replayed": components["headers"]["Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Entry"];
                };
            };
            /** @description Done now. */
            201: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Entry"];
                };
            };
            /**
             * @description `malformed_request`: The request cannot be read.
             *     `idempotency_key_missing`: An Idempotency-Key header is required.
             *     `idempotency_key_invalid`: The Idempotency-Key header is invalid.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: The request is invalid.
             *     `idempotency_key_reused`: The Idempotency-Key belongs to another request.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_alerts: {
        parameters: {
            query?: {
                /** @description Another account than the caller's own, where the role allows it. */
                account_id?: components["parameters"]["AccountId"];
                /** @description How many items a page has at most; more than 100 is taken as 100. */
                limit?: number;
                /** @description `next_cursor` of the page before, with the same filters. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertPage"];
                };
            };
            /** @description `cursor_invalid`: The cursor is invalid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    send_test_alert: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["NewTestMessage"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestMessages"];
                };
            };
            /** @description `malformed_request`: The request cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_limited`: Too many requests.
             *     Too many requests (the gateway's own answer).
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    acknowledge_alert: {
        parameters: {
            query?: {
                /** @description Another account than the caller's own, where the role allows it. */
                account_id?: components["parameters"]["AccountId"];
            };
            header?: never;
            path: {
                /** @description The alert, as the list names it. */
                alert_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alert"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_balance: {
        parameters: {
            query?: {
                /** @description Another account than the caller's own, where the role allows it. */
                account_id?: components["parameters"]["AccountId"];
            };
            header?: {
                /** @description The `ETag` of an answer that the client has: 304 while that still holds. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Balance"];
                };
            };
            /** @description As it was under the tag sent: no body. */
            304: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    admit_call: {
        parameters: {
            query?: never;
            header: {
                /** @description Repeating a request under its key is safe and gets the first answer. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["NewCall"];
            };
        };
        responses: {
            /** @description Done before under this key, or a batch with an answer for each item. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "idempotency-replayed": components["headers"]["Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdmittedCall"] | components["schemas"]["CallNotAdmitted"];
                };
            };
            /** @description Done now. */
            201: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdmittedCall"] | components["schemas"]["CallNotAdmitted"];
                };
            };
            /**
             * @description `malformed_request`: The request cannot be read.
             *     `idempotency_key_missing`: An Idempotency-Key header is required.
             *     `idempotency_key_invalid`: The Idempotency-Key header is invalid.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: The request is invalid.
             *     `idempotency_key_reused`: The Idempotency-Key belongs to another request.
             *     `unknown_operation`: The operation has no price.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    bind_call: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The call, by the provider's id. */
                call_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallBinding"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Call"];
                };
            };
            /** @description `malformed_request`: The request cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `call_already_bound`: The call belongs to another account or hold. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    check_credits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Check"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckResult"];
                };
            };
            /** @description `malformed_request`: The request cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: The request is invalid.
             *     `unknown_operation`: The operation has no price.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_config: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Config"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_grants: {
        parameters: {
            query?: {
                /** @description Another account than the caller's own, where the role allows it. */
                account_id?: components["parameters"]["AccountId"];
                /** @description How many items a page has at most; more than 100 is taken as 100. */
                limit?: number;
                /** @description `next_cursor` of the page before, with the same filters. */
                cursor?: string | null;
                /** @description What became of it: scheduled, available, used_up, expired or voided. */
                state?: components["schemas"]["GrantState"] | null;
                /** @description Your own notes, at most 1 KB and 16 keys. Numbers are kept as text, as they were written. */
                metadata?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantPage"];
                };
            };
            /** @description `cursor_invalid`: The cursor is invalid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_hold: {
        parameters: {
            query?: never;
            header: {
                /** @description Repeating a request under its key is safe and gets the first answer. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewHold"];
            };
        };
        responses: {
            /** @description Done before under this key, or a batch with an answer for each item. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "idempotency-replayed": components["headers"]["Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenedHold"];
                };
            };
            /** @description Done now. */
            201: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenedHold"];
                };
            };
            /**
             * @description `malformed_request`: The request cannot be read.
             *     `idempotency_key_missing`: An Idempotency-Key header is required.
             *     `idempotency_key_invalid`: The Idempotency-Key header is invalid.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `insufficient_credits`: Not enough credits. */
            402: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     `account_frozen`: The account is frozen.
             *     `limit_exceeded`: A limit of the account is reached.
             *     `spending_limit_exceeded`: A spending limit leaves less.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: The request is invalid.
             *     `idempotency_key_reused`: The Idempotency-Key belongs to another request.
             *     `unknown_operation`: The operation has no price.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    capture_hold: {
        parameters: {
            query?: never;
            header: {
                /** @description Repeating a request under its key is safe and gets the first answer. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The hold, as the answer that opened it names it. */
                hold_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Capture"];
            };
        };
        responses: {
            /** @description Done before under this key, or a batch with an answer for each item. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "idempotency-replayed": components["headers"]["Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Entry"];
                };
            };
            /** @description Done now. */
            201: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Entry"];
                };
            };
            /**
             * @description `malformed_request`: The request cannot be read.
             *     `idempotency_key_missing`: An Idempotency-Key header is required.
             *     `idempotency_key_invalid`: The Idempotency-Key header is invalid.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     `limit_exceeded`: A limit of the account is reached.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `hold_ended`: The hold has ended. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: The request is invalid.
             *     `idempotency_key_reused`: The Idempotency-Key belongs to another request.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    extend_hold: {
        parameters: {
            query?: never;
            header: {
                /** @description Repeating a request under its key is safe and gets the first answer. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The hold, as the answer that opened it names it. */
                hold_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["HoldExtension"];
            };
        };
        responses: {
            /** @description Done before under this key, or a batch with an answer for each item. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "idempotency-replayed": components["headers"]["Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExtendedHold"];
                };
            };
            /** @description Done now. */
            201: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExtendedHold"];
                };
            };
            /**
             * @description `malformed_request`: The request cannot be read.
             *     `idempotency_key_missing`: An Idempotency-Key header is required.
             *     `idempotency_key_invalid`: The Idempotency-Key header is invalid.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `insufficient_credits`: Not enough credits. */
            402: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     `account_frozen`: The account is frozen.
             *     `limit_exceeded`: A limit of the account is reached.
             *     `spending_limit_exceeded`: A spending limit leaves less.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `hold_ended`: The hold has ended. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: The request is invalid.
             *     `idempotency_key_reused`: The Idempotency-Key belongs to another request.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    void_hold: {
        parameters: {
            query?: never;
            header: {
                /** @description Repeating a request under its key is safe and gets the first answer. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The hold, as the answer that opened it names it. */
                hold_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Empty"];
            };
        };
        responses: {
            /** @description Done before under this key, or a batch with an answer for each item. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "idempotency-replayed": components["headers"]["Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Entry"];
                };
            };
            /** @description Done now. */
            201: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Entry"];
                };
            };
            /**
             * @description `malformed_request`: The request cannot be read.
             *     `idempotency_key_missing`: An Idempotency-Key header is required.
             *     `idempotency_key_invalid`: The Idempotency-Key header is invalid.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `hold_ended`: The hold has ended. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: The request is invalid.
             *     `idempotency_key_reused`: The Idempotency-Key belongs to another request.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_openapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_packages: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Packages"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_pricing: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Prices"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_purchase: {
        parameters: {
            query?: never;
            header: {
                /** @description Repeating a request under its key is safe and gets the first answer. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPurchase"];
            };
        };
        responses: {
            /** @description Done before under this key, or a batch with an answer for each item. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "idempotency-replayed": components["headers"]["Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedPurchase"];
                };
            };
            /** @description Done now. */
            201: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedPurchase"];
                };
            };
            /**
             * @description `malformed_request`: The request cannot be read.
             *     `idempotency_key_missing`: An Idempotency-Key header is required.
             *     `idempotency_key_invalid`: The Idempotency-Key header is invalid.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: The request is invalid.
             *     `idempotency_key_reused`: The Idempotency-Key belongs to another request.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_limited`: Too many requests.
             *     Too many requests (the gateway's own answer).
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_purchases: {
        parameters: {
            query?: {
                /** @description Another account than the caller's own, where the role allows it. */
                account_id?: components["parameters"]["AccountId"];
                /** @description How many items a page has at most; more than 100 is taken as 100. */
                limit?: number;
                /** @description `next_cursor` of the page before, with the same filters. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PurchasePage"];
                };
            };
            /** @description `cursor_invalid`: The cursor is invalid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_purchase: {
        parameters: {
            query?: {
                /** @description Another account than the caller's own, where the role allows it. */
                account_id?: components["parameters"]["AccountId"];
            };
            header?: never;
            path: {
                /** @description The purchase, as the answer that began it names it. */
                payment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Purchase"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refresh_purchase: {
        parameters: {
            query?: {
                /** @description Another account than the caller's own, where the role allows it. */
                account_id?: components["parameters"]["AccountId"];
            };
            header?: never;
            path: {
                /** @description The purchase, as the answer that began it names it. */
                payment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Purchase"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_limited`: Too many requests.
             *     Too many requests (the gateway's own answer).
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirm_recipient: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewConfirmation"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Confirmation"];
                };
            };
            /** @description `malformed_request`: The request cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_limited`: Too many requests.
             *     Too many requests (the gateway's own answer).
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_settings: {
        parameters: {
            query?: {
                /** @description Another account than the caller's own, where the role allows it. */
                account_id?: components["parameters"]["AccountId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    etag: components["headers"]["Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settings"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_settings: {
        parameters: {
            query?: never;
            header: {
                /** @description The `ETag` of what the client saw, or `*` for whatever is there. 412 where somebody has saved since, 428 without it. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["NewSettings"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    etag: components["headers"]["Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settings"];
                };
            };
            /** @description `malformed_request`: The request cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `precondition_failed`: It has changed since it was read. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_required`: An If-Match header is required. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_transactions: {
        parameters: {
            query?: {
                /** @description Another account than the caller's own, where the role allows it. */
                account_id?: components["parameters"]["AccountId"];
                /** @description How many items a page has at most; more than 100 is taken as 100. */
                limit?: number;
                /** @description `next_cursor` of the page before, with the same filters. */
                cursor?: string | null;
                /** @description Entries at or after this time, or this day (UTC). */
                from?: string | null;
                /** @description Entries before this time, or up to the end of this day (UTC). */
                to?: string | null;
                /** @description Entries of this kind only. */
                kind?: components["schemas"]["EntryKind"] | null;
                /** @description Entries of this operation only. */
                operation?: string | null;
                /** @description Your own name for what happened. */
                reference?: string | null;
                /** @description `csv` answers all pages as one table. */
                format?: ("json" | "csv") | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntryPage"];
                    "text/csv": string;
                };
            };
            /** @description `cursor_invalid`: The cursor is invalid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_transaction: {
        parameters: {
            query?: {
                /** @description Another account than the caller's own, where the role allows it. */
                account_id?: components["parameters"]["AccountId"];
            };
            header?: never;
            path: {
                /** @description The entry, as a list of entries names it. */
                entry_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExplainedEntry"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    record_usage: {
        parameters: {
            query?: never;
            header?: {
                /** @description Needed for a single use: repeating it under its key is safe and gets the first answer. A batch needs none, as each of its events has a `key`. */
                "Idempotency-Key"?: components["parameters"]["OptionalIdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UsageOrBatch"];
            };
        };
        responses: {
            /** @description Done before under this key, or a batch with an answer for each item. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "idempotency-replayed": components["headers"]["Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Entry"] | components["schemas"]["UsageBatchResult"];
                };
            };
            /** @description Done now. */
            201: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Entry"] | components["schemas"]["UsageBatchResult"];
                };
            };
            /**
             * @description `malformed_request`: The request cannot be read.
             *     `idempotency_key_missing`: An Idempotency-Key header is required.
             *     `idempotency_key_invalid`: The Idempotency-Key header is invalid.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `insufficient_credits`: Not enough credits. */
            402: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     `account_frozen`: The account is frozen.
             *     `limit_exceeded`: A limit of the account is reached.
             *     `spending_limit_exceeded`: A spending limit leaves less.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: The request is invalid.
             *     `idempotency_key_reused`: The Idempotency-Key belongs to another request.
             *     `unknown_operation`: The operation has no price.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_usage_analytics: {
        parameters: {
            query?: {
                /** @description Another account than the caller's own, where the role allows it. */
                account_id?: components["parameters"]["AccountId"];
                /** @description The first day, in the account's time zone; without it, the 29 days before `to` as well. */
                from?: string | null;
                /** @description The last day, included; today without it. At most 366 days. */
                to?: string | null;
                /** @description What to add up by. A week begins on Monday (ISO 8601); `*` is the variant of a price without variants. */
                group_by?: components["schemas"]["UsageGrouping"];
                /** @description `previous` adds as many days, right before these. */
                compare?: "previous" | null;
                /** @description `largest` adds the ten entries that cost most. */
                include?: "largest" | null;
                /** @description `csv` answers buckets and totals as one table. */
                format?: ("json" | "csv") | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsageAnalytics"];
                    "text/csv": string;
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_webhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhooks"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_webhook: {
        parameters: {
            query?: never;
            header: {
                /** @description Repeating a request under its key is safe and gets the first answer. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewWebhook"];
            };
        };
        responses: {
            /** @description Done before under this key, or a batch with an answer for each item. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "idempotency-replayed": components["headers"]["Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            /** @description Done now. */
            201: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            /**
             * @description `malformed_request`: The request cannot be read.
             *     `idempotency_key_missing`: An Idempotency-Key header is required.
             *     `idempotency_key_invalid`: The Idempotency-Key header is invalid.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `webhook_limit_exceeded`: There are too many webhooks, or secrets of one. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: The request is invalid.
             *     `idempotency_key_reused`: The Idempotency-Key belongs to another request.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_webhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The webhook. */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_webhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The webhook. */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookChange"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description `malformed_request`: The request cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: It has changed since it was read. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_webhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The webhook. */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletedWebhook"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: It has changed since it was read. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_deliveries: {
        parameters: {
            query?: {
                /** @description How many items a page has at most; more than 100 is taken as 100. */
                limit?: number;
                /** @description `next_cursor` of the page before, with the same filters. */
                cursor?: string | null;
            };
            header?: never;
            path: {
                /** @description The webhook. */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryPage"];
                };
            };
            /** @description `cursor_invalid`: The cursor is invalid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is invalid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replay_delivery: {
        parameters: {
            query?: never;
            header: {
                /** @description Repeating a request under its key is safe and gets the first answer. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The webhook. */
                webhook_id: string;
                /** @description The delivery, as the log names it. */
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Empty"];
            };
        };
        responses: {
            /** @description Done before under this key, or a batch with an answer for each item. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "idempotency-replayed": components["headers"]["Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            /** @description Done now. */
            201: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            /**
             * @description `malformed_request`: The request cannot be read.
             *     `idempotency_key_missing`: An Idempotency-Key header is required.
             *     `idempotency_key_invalid`: The Idempotency-Key header is invalid.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: It has changed since it was read. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: The request is invalid.
             *     `idempotency_key_reused`: The Idempotency-Key belongs to another request.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replay_deliveries: {
        parameters: {
            query?: never;
            header: {
                /** @description Repeating a request under its key is safe and gets the first answer. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The webhook. */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewReplay"];
            };
        };
        responses: {
            /** @description Done before under this key, or a batch with an answer for each item. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "idempotency-replayed": components["headers"]["Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replay"];
                };
            };
            /** @description Done now. */
            201: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replay"];
                };
            };
            /**
             * @description `malformed_request`: The request cannot be read.
             *     `idempotency_key_missing`: An Idempotency-Key header is required.
             *     `idempotency_key_invalid`: The Idempotency-Key header is invalid.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: The request is invalid.
             *     `idempotency_key_reused`: The Idempotency-Key belongs to another request.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotate_webhook_secret: {
        parameters: {
            query?: never;
            header: {
                /** @description Repeating a request under its key is safe and gets the first answer. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The webhook. */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Empty"];
            };
        };
        responses: {
            /** @description Done before under this key, or a batch with an answer for each item. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "idempotency-replayed": components["headers"]["Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            /** @description Done now. */
            201: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            /**
             * @description `malformed_request`: The request cannot be read.
             *     `idempotency_key_missing`: An Idempotency-Key header is required.
             *     `idempotency_key_invalid`: The Idempotency-Key header is invalid.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `webhook_limit_exceeded`: There are too many webhooks, or secrets of one. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: It has changed since it was read. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: The request is invalid.
             *     `idempotency_key_reused`: The Idempotency-Key belongs to another request.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    test_webhook: {
        parameters: {
            query?: never;
            header: {
                /** @description Repeating a request under its key is safe and gets the first answer. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The webhook. */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Empty"];
            };
        };
        responses: {
            /** @description Done before under this key, or a batch with an answer for each item. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "idempotency-replayed": components["headers"]["Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            /** @description Done now. */
            201: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            /**
             * @description `malformed_request`: The request cannot be read.
             *     `idempotency_key_missing`: An Idempotency-Key header is required.
             *     `idempotency_key_invalid`: The Idempotency-Key header is invalid.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token (the gateway's own answer). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description `forbidden`: The caller may not do this.
             *     The token is refused (the gateway's own answer).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["GatewayMessage"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `not_found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: The request is invalid.
             *     `idempotency_key_reused`: The Idempotency-Key belongs to another request.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (the gateway's own answer). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description `internal`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: The service is unavailable for a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
