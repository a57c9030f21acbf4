import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

import shop.domain.certificates.folding


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0033_ocop_product_and_taxonomy'),
        ('certificates', '0006_events_are_append_only'),
        ('partner', '0008_listing_and_promises'),
        ('places', '0001_provinces_communes_and_legacy_units'),
    ]

    operations = [
        migrations.AddField(
            model_name='certificate',
            name='search_text',
            field=models.GeneratedField(db_persist=True, expression=shop.domain.certificates.folding.Folded('product_name', 'producer_name', 'folded_producer_name', 'address_as_certified', 'legacy_province', 'product_code'), output_field=models.TextField()),
        ),
        migrations.AddField(
            model_name='certificate',
            name='superseded_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='certificate',
            name='superseded_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='supersedes', to='certificates.certificate'),
        ),
        # Set by hand before there was a day to write down: it counted from the newer one's own.
        migrations.RunSQL(
            "SET CONSTRAINTS ALL IMMEDIATE;"
            "UPDATE certificates_certificate AS older SET superseded_on = newer.issued_on"
            " FROM certificates_certificate AS newer WHERE newer.id = older.superseded_by_id;",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=Q(Q(('superseded_by__isnull', True), ('superseded_on__isnull', True)), Q(('superseded_by__isnull', False), ('superseded_on__isnull', False), Q(('superseded_by', F('id')), _negated=True)), _connector='OR'), name='a_superseded_certificate_says_by_which_and_since_when'),
        ),
        migrations.AlterField(
            model_name='certificateactrequest',
            name='outcome',
            field=models.CharField(choices=[('waiting', 'Waiting'), ('approved', 'Approved'), ('refused', 'Refused'), ('withdrawn', 'Withdrawn'), ('alone', 'Alone')], default='waiting', max_length=16),
        ),
        migrations.RemoveConstraint(
            model_name='certificateactrequest',
            name='an_act_is_refused_by_a_colleague_and_withdrawn_by_who_asked',
        ),
        migrations.AddConstraint(
            model_name='certificateactrequest',
            constraint=models.CheckConstraint(condition=Q(Q(('closed_at__isnull', True), ('closed_by__isnull', True), ('outcome__in', ['waiting', 'approved', 'alone'])), Q(('closed_at__isnull', False), ('closed_by', F('requested_by')), ('closed_by__isnull', False), ('outcome', 'withdrawn')), Q(('closed_at__isnull', False), ('closed_by__isnull', False), ('outcome', 'refused'), Q(('closed_by', F('requested_by')), _negated=True), Q(('closing_reason', ''), _negated=True)), _connector='OR'), name='an_act_is_refused_by_a_colleague_and_withdrawn_by_who_asked'),
        ),
    ]
